"""The stories of `stories/*.toml` as moments in time."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from guichet.domain.people.actors import Actor

from .cast import Cast

_FOLDER = Path(__file__).parent / "stories"
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """How a request was opened. `answers` go to the questions of its category."""

    by: str
    organisation: str
    category: str
    subject: str
    text: str
    answers: dict[str, str]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Something that somebody does in a story at a moment. The first scene of a story opens it."""

    at: datetime
    story: Story
    who: str
    verb: str = "open"
    words: tuple[str, ...] = ()


def scenes(cast: Cast, *, at: datetime) -> list[Scene]:
    """Every scene of every story, in the order in which it happened, ending at `at`."""
    # Seeded: the same installation time gives the same history.
    dice = Random(42)  # noqa: S311 - minutes, not secrets
    told = [scene for script in _scripts() for scene in _scenes_of(script, cast, at, dice)]
    return sorted(told, key=lambda scene: scene.at)


def _scripts() -> Iterator[dict[str, Any]]:
    for path in sorted(_FOLDER.glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["story"]


def _scenes_of(script: dict[str, Any], cast: Cast, now: datetime, dice: Random) -> Iterator[Scene]:
    actor = cast.actors[script["by"]]
    story = Story(
        by=script["by"],
        organisation=script.get("org") or _company_of(actor, cast),
        category=script["category"],
        subject=script["subject"],
        text=script["text"],
        answers=script.get("answers", {}),
        files=tuple(script.get("files", ())),
    )
    at = _opening(now, _span(script["ago"]), actor.time_zone, dice)
    yield Scene(at=at, story=story, who=script["by"])
    for after, who, verb, *words in script.get("steps", ()):
        at += _span(after) + timedelta(seconds=dice.randrange(30))
        yield Scene(at=at, story=story, who=who, verb=verb, words=tuple(words))


def _opening(now: datetime, ago: timedelta, time_zone: str, dice: Random) -> datetime:
    """When a story begins: older ones in the morning of a working day where their author lives."""
    at = now - ago
    if ago < timedelta(days=2):
        return at
    local = at.astimezone(ZoneInfo(time_zone))
    local -= timedelta(days=max(local.weekday() - 4, 0))
    return local.replace(hour=dice.randrange(8, 12), minute=dice.randrange(60)).astimezone(now.tzinfo)


def _company_of(actor: Actor, cast: Cast) -> str:
    seated = actor.seats[0].organisation_id
    return next(key for key, organisation in cast.organisations.items() if organisation.pk == seated)


def _span(text: str) -> timedelta:
    """ "1d 3h" as a length of time."""
    parts = {_UNITS[unit]: int(count) for count, unit in re.findall(r"(\d+)([dhm])", text)}
    return timedelta(**parts)
