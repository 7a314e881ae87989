"""A table of the file, asked for its settings one by one. What was never asked for is unknown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from django.conf import settings

from guichet.foundation.text.folding import fold_email

from .lines import Path
from .report import Report

_KEY = re.compile(r"[a-z][a-z0-9-]*")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NAMES = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dict: "a table"}
_EXAMPLES = {str: '"…"', bool: "true", int: "10", list: '["…", "…"]', dict: "{ … }"}

T = TypeVar("T")


class Table:
    """Each question gives a value of the right type: the file's, else the default after a mistake."""

    def __init__(self, values: dict[str, object], path: Path, report: Report) -> None:
        self.values = values
        self.path = path
        self.report = report
        self._asked: set[str] = set()

    def mistake(self, key: str, sentence: str, remedy: str, *inner: str | int) -> None:
        path = (*self.path, key, *inner) if key else self.path
        self.report.add(path, sentence, remedy)

    def text(self, key: str, default: str | None = "", *, longest: int = 200) -> str:
        """One line of text. A default of None makes it obligatory."""
        value = self._value(key, str, "" if default is None else default)
        if default is None and key not in self.values:
            self.mistake("", f'"{key}" is missing.', f'Add {key} = "…".')
        elif default is None and not value.strip() and isinstance(self.values[key], str):
            self.mistake(key, "This is empty.", "Write something between the quotes.")
        return self._line(value.strip(), longest, key)

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        value = self._value(key, int, default)
        if not least <= value <= most:
            said = value if abs(value) < 10**9 else "This number"
            self.mistake(key, f"{said} is out of bounds.", f"Choose a whole number from {least} to {most}.")
            return default
        return value

    def flag(self, key: str) -> bool:
        return self._value(key, bool, False)

    def key(self, taken: set[str], what: str) -> str:
        """The name that the system uses for this `what`: lasting, plain, and only once among its like."""
        value = self.text("key", None, longest=40)
        if value and not _KEY.fullmatch(value):
            plain = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-0123456789") or what
            self.mistake(
                "key",
                f"{value!r} cannot be the key of a {what}.",
                f'Use small letters a-z, digits and hyphens, beginning with a letter, such as "{plain}".',
            )
        elif value and value in taken:
            self.mistake("key", f'Another {what} has the key "{value}" already.', "Give each its own key.")
        taken.add(value)
        return value

    def email(self, key: str, default: str | None = "") -> str:
        """An address to write to, empty where none is given. A default of None makes it obligatory."""
        email = self.text(key, default, longest=254)
        try:
            return fold_email(email) if email else ""
        except ValueError:
            self.mistake(
                key, "This is not an e-mail address.", f'For example: {key} = "help@company.example".'
            )
            return ""

    def lines(self, key: str, default: tuple[str, ...] = (), *, longest: int = 200) -> tuple[str, ...]:
        """A list of texts of one line each."""
        return self._texts_of(self._value(key, list, list(default)), longest, key)

    def texts(
        self, key: str, languages: Sequence[str], *, longest: int, required: bool = True
    ) -> Mapping[str, str]:
        """One line of text in each language. One that is not `required` is absent, or there in all."""
        found: dict[str, str] = {}
        for language, value in self._by_language(key, str, languages, required=required):
            found[language] = self._line(value.strip(), longest, key, language)
            if not value.strip():
                self.mistake(key, "This is empty.", "Write something between the quotes.", language)
        return found

    def lists(self, key: str, languages: Sequence[str], *, longest: int) -> Mapping[str, tuple[str, ...]]:
        """A list of texts in each language; absent, or there in all."""
        return {
            language: self._texts_of(value, longest, key, language)
            for language, value in self._by_language(key, list, languages, required=False)
        }

    def table(self, key: str) -> "Table":
        return Table(self._value(key, dict, {}), (*self.path, key), self.report)

    def tables(self, key: str) -> list["Table"]:
        """The elements of [[key]]."""
        found = []
        for position, value in enumerate(self._value(key, list, [])):
            if isinstance(value, dict):
                found.append(Table(value, (*self.path, key, position), self.report))
            else:
                self.mistake(
                    key, f"Each of the {key} is a table.", f"Write each under its own [[{key}]].", position
                )
        return found

    def done(self) -> None:
        """Report the settings nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                sentence = f"There is no setting called {_shown(key)} here."
                self.mistake(key, sentence, _suggest(key, self._asked))

    def _value(self, key: str, kind: type[T], default: T) -> T:
        self._asked.add(key)
        value = self._typed(kind, self.values.get(key, default), key)
        return default if value is None else value

    def _typed(self, kind: type[T], value: object, key: str, *inner: str | int) -> T | None:
        """The value if it is of this kind; None after a mistake."""
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        said = next((name for known, name in _NAMES.items() if type(value) is known), f"{value}")
        name = inner[-1] if inner and isinstance(inner[-1], str) else key
        self.mistake(
            key,
            f"This should be {_NAMES[kind]}, not {said}.",
            f"For example: {name} = {_EXAMPLES[kind]}.",
            *inner,
        )
        return None

    def _by_language(
        self, key: str, kind: type[T], languages: Sequence[str], *, required: bool
    ) -> Iterator[tuple[str, T]]:
        self._asked.add(key)
        given = self.values.get(key, {})
        if not isinstance(given, dict):
            sentence = "This is said in each language."
            self.mistake(key, sentence, f"For example: {key}.{languages[0]} = {_EXAMPLES[kind]}.")
            return
        missing = [language for language in languages if language not in given]
        if missing and (given or required):
            wanted = " and ".join(f"{key}.{language} = {_EXAMPLES[kind]}" for language in missing)
            at = key if key in self.values else ""
            self.mistake(at, f'"{key}" is missing in {" and ".join(missing)}.', f"Add {wanted}.")
        for language, value in given.items():
            if language not in dict(settings.LANGUAGES):
                remedy = _suggest(language, dict(settings.LANGUAGES))
                self.mistake(key, f"{_shown(language)} is not a language of Guichet.", remedy, language)
            elif (typed := self._typed(kind, value, key, language)) is not None:
                yield language, typed

    def _texts_of(self, values: list[object], longest: int, key: str, *inner: str) -> tuple[str, ...]:
        found = []
        for position, each in enumerate(values):
            value = self._typed(str, each, key, *inner, position)
            if value is None:
                continue
            if not value.strip():
                self.mistake(key, "This is empty.", "Write something, or take it out.", *inner, position)
            found.append(self._line(value.strip(), longest, key, *inner, position))
        return tuple(found)

    def _line(self, value: str, longest: int, key: str, *inner: str | int) -> str:
        if len(value) > longest:
            sentence = f"This text has {len(value)} characters."
            self.mistake(key, sentence, f"Shorten it to {longest} at most.", *inner)
        if "\n" in value:
            self.mistake(key, "This text runs over several lines.", "Write it on one line.", *inner)
        elif _UNPRINTABLE.search(value):
            self.mistake(key, "This text has characters that cannot be shown.", "Type it again.", *inner)
        return value


def _shown(key: str) -> str:
    return f'"{key}"' if len(key) <= 60 and key.isprintable() else "this"


def nearest(word: str, known: Iterable[str]) -> str:
    """A question with the known word that is most like `word`; empty when none is."""
    near = get_close_matches(word[:60], list(known), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""


def _suggest(word: str, known: Iterable[str]) -> str:
    return nearest(word, known) or f"Known here: {', '.join(sorted(known))}."
