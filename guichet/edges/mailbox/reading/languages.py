"""What mail programs write in the languages of their users, from languages.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _languages() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))


def phrases(kind: str) -> tuple[str, ...]:
    """Those of a kind in all languages."""
    return tuple(dict.fromkeys(one for language in _languages().values() for one in language.get(kind, ())))


def any_of(kind: str) -> str:
    """A pattern for each of a kind, as it stands there but for `…` and colons."""
    return "|".join(map(_pattern, phrases(kind)))


def _pattern(words: str) -> str:
    parts = [re.sub(r"(?:\\ )*:", r"\\s*[:：]", re.escape(part)) for part in words.split("…")]
    return r".{1,300}?".join(parts).replace(r"\ ", r"\s+")
