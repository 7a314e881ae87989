"""What is attached to a mail, each with a name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from guichet.foundation.html.plain import text_of
from guichet.foundation.storage.names import display_name

from ..limits import Limits
from .head import read_head
from .headers import Headers
from .mail import File
from .structure import Part, is_type
from .tnef import Packed

_ENDINGS = {
    "application/ics": "ics",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/pgp-encrypted": "asc",
    "application/pgp-keys": "asc",
    "application/rtf": "rtf",
    "application/zip": "zip",
    "audio/mpeg": "mp3",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
    "text/csv": "csv",
    "text/html": "html",
    "text/plain": "txt",
    "text/rtf": "rtf",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/xml": "xml",
    "video/mp4": "mp4",
}
_NAMES = {
    "application/pgp-signature": "signature.asc",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/x-pkcs7-signature": "smime.p7s",
    "message/delivery-status": "delivery-status.txt",
    "message/disposition-notification": "receipt.txt",
    "text/calendar": "invite.ics",
    "text/rfc822-headers": "headers.txt",
}
_MAILS = ("message/rfc822", "message/global")
_CID = re.compile(r"""cid:([^"'<>\s)]{1,500})""", re.IGNORECASE)


def files_of(part: Part, limits: Limits) -> list[File]:
    """The file in a part, if there is one."""
    content = part.content()
    if not content:
        return []
    return [
        File(
            name=display_name(part.name or _unnamed(part.kind, content, limits)),
            media_type=part.kind,
            content=content,
            inline=part.disposition == "inline" and part.kind.startswith("image/"),
            content_id=part.content_id,
        )
    ]


def _unnamed(kind: str, content: bytes, limits: Limits) -> str:
    if kind in _MAILS:
        within = Headers(read_head(content, 0, len(content), limits).fields)
        return f"{within.line('Subject', 80) or 'message'}.eml"
    ending = _ENDINGS.get(kind)
    return _NAMES.get(kind) or (f"attachment.{ending}" if ending else "attachment")


def unpacked_files(packed: Iterable[Packed]) -> Iterator[File]:
    """The files that were in a winmail.dat; of a message among them, its text and its files."""
    for file in packed:
        if file.message is None:
            kind = file.media_type.lower()
            yield File(
                name=display_name(file.name or "attachment"),
                media_type=kind if is_type(kind) else "application/octet-stream",
                content=file.content,
                content_id=file.content_id.strip(" <>"),
            )
            continue
        words = file.message.text or text_of(file.message.html)
        if words:
            yield File(name=display_name(f"{file.name}.txt"), media_type="text/plain", content=words.encode())
        yield from unpacked_files(file.message.files)


def shown_within(files: Iterable[File], html: str) -> tuple[File, ...]:
    """The same files; those that `html` shows as images are inline."""
    called = {unquote(unescape(found)).lower() for found in _CID.findall(html)}
    return tuple(
        replace(file, inline=True) if file.content_id and file.content_id.lower() in called else file
        for file in files
    )
