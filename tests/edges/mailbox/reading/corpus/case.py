"""One answer to one mail: who writes what, in which language, and what they answer."""

import random
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path

from babel.dates import format_datetime

VENDOR = "Harbour Support"
ADDRESS = "support@vendor.example"
OURS = "##- Please write your answer above this line -##"
LETTER = [
    "Hello Rose,",
    "We looked at the export: it stops at 10:30 every day.\nCould you tell us which browser you use?",
    "Does it also happen with https://reports.vendor.example/export?id=42&full=1 ?",
    "Best regards,\nMathieu",
]


@cache
def locales() -> dict[str, dict[str, object]]:
    return tomllib.loads((Path(__file__).parent / "locales.toml").read_text(encoding="utf-8"))


@dataclass
class Case:
    """`own` are the paragraphs somebody writes, `letter` those of the mail that they answer."""

    language: str
    number: int
    own: list[str] = field(default_factory=list)
    letter: list[str] = field(default_factory=list)
    marked: bool = False
    vendor: str = VENDOR
    address: str = ADDRESS

    def __post_init__(self) -> None:
        self.dice = random.Random(f"{self.language}-{self.number}")
        said = list(self.said("own"))
        self.own = self.own or self.dice.sample(said, k=min(len(said), 1 + self.number % 3))
        self.marked = self.marked or self.number % 3 == 0
        self.letter = self.letter or ([OURS] if self.marked else []) + LETTER
        self.at = datetime(2026, 3, 10, 13, 5, tzinfo=UTC) + timedelta(hours=37 * self.number)

    def said(self, key: str) -> list[str]:
        value = locales()[self.language][key]
        assert isinstance(value, list)
        return value

    def word(self, key: str) -> str:
        return str(locales()[self.language][key])

    def date(self, pattern: str) -> str:
        return format_datetime(self.at, pattern, locale=self.word("locale"))

    def introduction(self, program: str) -> str:
        """What this program writes above the mail that it quotes."""
        words, pattern = self.said(program)
        return words.format(date=self.date(pattern), name=self.vendor, address=self.address)

    @property
    def text(self) -> str:
        return "\n\n".join(self.own)

    @property
    def quoted(self) -> list[str]:
        return "\n\n".join(self.letter).split("\n")


def marked(lines: list[str], mark: str = "> ") -> str:
    return "\n".join((mark + line).rstrip() if line else mark.rstrip() for line in lines)


def in_html(words: str) -> str:
    """As an address or a name stands in HTML."""
    return escape(words, quote=False).replace("\n", "<br>")


@dataclass(frozen=True)
class Specimen:
    """A mail as a program sends it. `visible` is what its author wrote, and what of it is to be seen."""

    name: str
    raw: bytes
    visible: str
    own: tuple[str, ...]


def specimen(program: str, case: Case, raw: bytes, visible: str = "", own: tuple[str, ...] = ()) -> Specimen:
    name = f"{program}, {case.language} {case.number}"
    return Specimen(name, raw, visible or case.text, own or tuple(case.own))
