"""Forms in which a provider that has shown the secret hands over whole mails, each in a field.

Django takes 4 MB of fields from anybody, and makes text of them. A mail is larger, and is no text.
"""

from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from urllib.parse import parse_qsl

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

MOST_FIELDS = 1_000


def read_body(request: HttpRequest, *, most: int) -> None:
    """Take in all of what was sent, for `request.body`. Raises RequestDataTooBig, which is answered 413."""
    body = request.read(most + 1)
    if len(body) > most:
        raise RequestDataTooBig
    request._body = body  # noqa: SLF001


def read_form(request: HttpRequest, *, raw: str) -> None:
    """Make `request.POST` and `request.FILES` of the body that was taken in.

    The field named `raw` is a mail: `raw_of` gives its bytes back as they came. Raises ValueError for what is
    no form.
    """
    post = QueryDict(mutable=True)
    files: MultiValueDict[str, SimpleUploadedFile] = MultiValueDict()
    if request.content_type == "multipart/form-data":
        for name, filename, content in _parts(request):
            if filename:
                files.appendlist(name, SimpleUploadedFile(filename, content))
            else:
                post.appendlist(name, content.decode(errors="surrogateescape" if name == raw else "replace"))
    else:
        sent = request.body.decode("ascii", "replace")
        for name, text in parse_qsl(
            sent, keep_blank_values=True, errors="surrogateescape", max_num_fields=MOST_FIELDS
        ):
            post.appendlist(name, text if name == raw else _text(text))
    request._post, request._files = post, files  # type: ignore[attr-defined]  # noqa: SLF001


def raw_of(request: HttpRequest, name: str) -> bytes:
    """The bytes of the field that `read_form` knew for a mail; none if there is no such field."""
    return request.POST.get(name, "").encode(errors="surrogateescape")


def _text(sent: str) -> str:
    return sent.encode(errors="surrogateescape").decode(errors="replace")


def _parts(request: HttpRequest) -> Iterator[tuple[str, str, bytes]]:
    """The name, the name of the file if it is one, and the content of each part (RFC 7578)."""
    boundary = (request.content_params or {}).get("boundary", "")
    if not boundary:
        raise ValueError("The form has no boundary.")
    pieces = (b"\r\n" + request.body).split(b"\r\n--" + boundary.encode("ascii"), MOST_FIELDS)
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            return
        head, _blank, content = piece.lstrip().partition(b"\r\n\r\n")
        said = BytesHeaderParser().parsebytes(head)
        yield _param(said, "name"), _param(said, "filename"), content


def _param(head: Message, name: str) -> str:
    found = head.get_param(name, "", "content-disposition")
    return found if isinstance(found, str) else ""
