"""How the domain says no: sentences a person can read; the edges turn them into statuses."""

from collections.abc import Mapping
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence: TypeAlias = "str | Promise"

NOTHING_HERE = _("It does not exist, or it is not open to you.")
NOT_YOURS = _("You are not allowed to do this.")


class Refusal(Exception):
    """A rule of the business said no. `sentence` tells the person why, in their language."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """The person may see the thing but not do this to it (403)."""


class OutOfReach(Refusal):
    """The thing is absent, or not for this person: both look the same (404)."""

    def __init__(self, sentence: Sentence = NOTHING_HERE) -> None:
        super().__init__(sentence)


class Conflict(Refusal):
    """The thing has changed meanwhile, or is in a state where this has no meaning (409)."""


class Invalid(Refusal):
    """What was sent cannot be accepted (422). `mistakes` maps a field's name to its sentence."""

    def __init__(self, mistakes: Mapping[str, Sentence]) -> None:
        super().__init__(_("Some answers need another look. Nothing you wrote is lost."))
        self.mistakes = dict(mistakes)


class Unavailable(Refusal):
    """Something that this needs does not answer for now; nothing is lost by trying again (503)."""


def refuse_unless(allowed: bool, sentence: Sentence = NOT_YOURS) -> None:
    """Raise NotAllowed with `sentence` when `allowed` is false."""
    if not allowed:
        raise NotAllowed(sentence)
