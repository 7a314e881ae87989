"""The files that come with the stories: small texts as they are, screenshots drawn here."""

import io
from datetime import datetime
from pathlib import Path
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw

from guichet.domain.people.actors import Actor
from guichet.domain.tickets import operations as tickets
from guichet.foundation.storage import files, images, kinds

_FOLDER = Path(__file__).parent / "attachments"
_PAPER, _INK, _PALE, _ACCENT, _ALARM = "#f7f7f5", "#4a4f57", "#dfe2e6", "#3a5a8c", "#b3402e"
_JOBS = ("#8fb3a3", "#c9a66b", "#93a7c9", "#b79bb8")


class Uploads:
    """Files sent for the stories. What the database does not keep, storage must not keep either."""

    def __init__(self) -> None:
        self._stored: list[str] = []

    def send(self, name: str, *, by: Actor, at: datetime) -> UUID:
        """Store the file of this name for `by`, and return the id to attach it with."""
        content = _screenshot(name) if name.endswith(".png") else (_FOLDER / name).read_bytes()
        preview = images.preview(io.BytesIO(content)) if name.endswith(".png") else None
        stored = self._store(content)
        attachment = tickets.attach(
            stored,
            name=name,
            media_type=kinds.sniff(content[:4096], name),
            preview_as=self._store(preview).name if preview else "",
            by=by,
            at=at,
        )
        return attachment.pk

    def take_back(self) -> None:
        """Remove every file sent so far."""
        for name in self._stored:
            files.discard(name)

    def _store(self, content: bytes) -> files.Stored:
        stored = files.store([content], limit=len(content))
        self._stored.append(stored.name)
        return stored


def _screenshot(name: str) -> bytes:
    """A planning board with something wrong on it, as a PNG; the same for the same name."""
    dice = Random(name)  # noqa: S311 - a drawing, not a secret
    picture = Image.new("RGB", (960, 600), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 960, 44), fill=_ACCENT)
    draw.text((20, 15), "Fieldfare", fill="white")
    for row in range(9):
        top = 110 + row * 52
        draw.line((0, top, 960, top), fill=_PALE)
        draw.rounded_rectangle((20, top + 18, 60 + dice.randrange(90), top + 32), 4, fill=_PALE)
        left = 200 + dice.randrange(80)
        while left < 880:
            right = min(left + 60 + dice.randrange(150), 940)
            draw.rounded_rectangle((left, top + 9, right, top + 43), 6, fill=dice.choice(_JOBS))
            left = right + 14 + dice.randrange(90)
    row = 110 + dice.randrange(9) * 52
    draw.rounded_rectangle((190, row + 3, 950, row + 49), 8, outline=_ALARM, width=3)
    draw.rounded_rectangle((20, 56, 940, 96), 8, fill="#f6e3df", outline=_ALARM)
    draw.text((36, 70), Path(name).stem, fill=_INK)
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()
