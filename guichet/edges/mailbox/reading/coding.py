"""A mail on its way from one process of ours to another: JSON, then the bytes of its files.

Not pickled, although both ends are ours: the sending one has read what a stranger wrote, and whoever found a
fault in it must not gain the other.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from .mail import Address, Automatic, Failure, File, Mail, Security


def encode(mail: Mail) -> tuple[bytes, list[bytes]]:
    """What it says, and the contents of its files in order."""
    said: dict[str, Any] = {field.name: getattr(mail, field.name) for field in fields(mail)}
    for name in ("author", "to", "cc", "reply_to", "failures"):
        value = said[name]
        said[name] = [asdict(one) for one in value] if isinstance(value, tuple) else asdict(value)
    said["date"] = mail.date.isoformat() if mail.date else None
    said["files"] = [
        {
            "name": file.name,
            "media_type": file.media_type,
            "size": len(file.content),
            "inline": file.inline,
            "content_id": file.content_id,
        }
        for file in mail.files
    ]
    return json.dumps(said).encode(), [file.content for file in mail.files]


def decode(said: bytes, take: Callable[[int], bytes], *, most: int) -> Mail:
    """The mail again; `take` returns so many of the bytes that follow, of which there are `most` at most.

    Raises ValueError, TypeError, KeyError or RecursionError.
    """
    found: dict[str, Any] = json.loads(said)
    if sum(one["size"] for one in found["files"]) > most:
        raise ValueError("files larger than their mail")
    found["author"] = Address(**found["author"])
    for name in ("to", "cc", "reply_to"):
        found[name] = tuple(Address(**one) for one in found[name])
    for name in ("references", "recipients", "authentication"):
        found[name] = tuple(found[name])
    found["automatic"] = Automatic(found["automatic"])
    found["security"] = Security(found["security"])
    found["date"] = datetime.fromisoformat(found["date"]) if found["date"] else None
    found["failures"] = tuple(Failure(**one) for one in found["failures"])
    found["files"] = tuple(File(content=take(one.pop("size")), **one) for one in found["files"])
    return Mail(**found)
