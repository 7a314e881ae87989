"""What the pages of the portal call things and people."""

from collections.abc import Iterable

from guichet.domain.people.actors import Actor
from guichet.domain.policy.document import GuidedField, say
from guichet.domain.policy.queries import title_of


def titles_of(categories: Iterable[str], language: str) -> dict[str, str]:
    """The title of each category, asked for once however many requests lie in it."""
    return {key: title_of(key, language) for key in set(categories)}


def answered(asked: dict[str, GuidedField], answers: dict[str, str], language: str) -> list[tuple[str, str]]:
    """(question, answer) as the reader sees them, in the order of the form; what is asked no more is last."""
    pairs = []
    for key in sorted(answers, key=lambda key: list(asked).index(key) if key in asked else len(asked)):
        field = asked.get(key)
        choices = {choice.key: say(choice.label, language) for choice in field.choices} if field else {}
        pairs.append((say(field.label, language) if field else key, choices.get(answers[key], answers[key])))
    return pairs


def organisation_of(actor: Actor, name: str | None) -> str:
    """The organisation of a request, where it says something: to somebody who belongs to several."""
    return name or "" if len(actor.seats) > 1 else ""
