"""The files of a form: what the picker shows, and how much it may take."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.domain.tickets.queries import unsent_files
from guichet.edges.uploads import Intake
from guichet.foundation.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Chip:
    """A file that was sent before and goes with the form."""

    id: UUID
    name: str
    size: int
    image: str | None


@dataclass(frozen=True, slots=True)
class Enclosures:
    kept: Sequence[Chip]
    max_bytes: int
    max_files: int


def enclosures(actor: Actor, ids: Sequence[UUID] = ()) -> Enclosures:
    """Those of `ids` that this person sent and that no message carries yet; the others fall away."""
    rules = current().attachments
    kept = [
        Chip(file.pk, file.name, file.size, f"/files/{file.pk}/preview/" if file.preview_as else None)
        for file in (unsent_files(actor, ids) if ids else ())
    ]
    return Enclosures(kept, rules.max_bytes, rules.max_files)


@contextmanager
def together_with(intake: Intake) -> Iterator[None]:
    """What is done inside stands only if every file of the form could be taken.

    Raises Invalid with all the mistakes at once: those of the words and those of the files.
    """
    with transaction.atomic():
        try:
            yield
        except Invalid as refusal:
            raise Invalid({**refusal.mistakes, **intake.mistakes}) from refusal
        if intake.mistakes:
            raise Invalid(intake.mistakes)
