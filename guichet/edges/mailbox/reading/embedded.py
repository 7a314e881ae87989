"""Pictures that lie within the HTML itself (RFC 2397), as some programs paste them."""

import re

from .mail import File
from .transfer import from_base64

_IMAGE = re.compile(
    r"""(?<=["'(])data:image/(?P<kind>png|gif|jpe?g|webp);base64,(?P<content>[A-Za-z0-9+/=\s]{64,}+)(?=["')])""",
    re.IGNORECASE,
)


def take_images(html: str, *, first: int, most: int) -> tuple[str, list[File]]:
    """`html` that calls its pictures by `cid:`, and at most so many as files, from number `first` on."""
    found: list[File] = []

    def replace(image: re.Match[str]) -> str:
        if len(found) >= most:
            return ""
        kind = image["kind"].lower()
        number = first + len(found)
        found.append(
            File(
                name=f"image-{number}.{kind}",
                media_type=f"image/{kind.replace('jpg', 'jpeg')}",
                content=from_base64(image["content"].encode()),
                inline=True,
                content_id=f"image-{number}.within",
            )
        )
        return f"cid:{found[-1].content_id}"

    return _IMAGE.sub(replace, html) if "data:" in html else html, found
