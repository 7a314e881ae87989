"""The files of a form: what the picker shows, and how much it may take."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db import transaction

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.edges.chips import Enclosed, enclosed
from guichet.edges.uploads import Intake
from guichet.foundation.refusals import Invalid


@dataclass(frozen=True, slots=True)
class Enclosures:
    files: Enclosed
    max_bytes: int
    max_files: int


def enclosures(actor: Actor, intake: Intake, mistakes: Collection[str] = ()) -> Enclosures:
    """The picker of a form that holds this `intake` and shows these `mistakes`."""
    rules = current().attachments
    return Enclosures(enclosed(actor, intake, mistakes), rules.max_bytes, rules.max_files)


@contextmanager
def together_with(intake: Intake, *, several: bool = False) -> Iterator[None]:
    """What is done inside, one operation or `several`, stands only whole and if every file could be taken.

    Raises Invalid with all the mistakes at once: those of the words and those of the files.
    """
    # An operation is a transaction of itself: only where it must be undone does it need one around it.
    with transaction.atomic() if several or intake.mistakes else nullcontext():
        try:
            yield
        except Invalid as refusal:
            raise Invalid({**refusal.mistakes, **intake.mistakes}) from refusal
        if intake.mistakes:
            raise Invalid(intake.mistakes)
