"""A file that was sent before its message, as the picker of a form shows it: for every door with a form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from guichet.domain.people.actors import Actor
from guichet.domain.tickets.models import Attachment
from guichet.domain.tickets.queries import unsent_files
from guichet.edges.uploads import Intake


@dataclass(frozen=True, slots=True)
class Chip:
    """`image` is the address of its preview, None where it has none."""

    id: UUID
    name: str
    size: int
    image: str | None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What stands in a picker: the chips, and the ids of its hidden field."""

    chips: Sequence[Chip] = ()
    ids: str = ""


def chip_of(file: Attachment) -> Chip:
    return Chip(file.pk, file.name, file.size, f"/files/{file.pk}/preview/" if file.preview_as else None)


def enclosed(actor: Actor, intake: Intake, mistakes: Collection[str] = ()) -> Enclosed:
    """The files of a form that this person sent and that no message carries yet.

    An id without a chip can no longer be sent. It stays in the field until that was told among the
    `mistakes`: by the picker, or when the form is sent.
    """
    chips = [chip_of(file) for file in (unsent_files(actor, intake.ids) if intake.ids else ())]
    ids = [chip.id for chip in chips] if "attachments" in mistakes else intake.ids
    return Enclosed(chips, " ".join(map(str, ids)))
