"""Where each key of a TOML file stands: tomllib gives the values and forgets the lines."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
    (?P<skipped> \#[^\n]* | [ \t\r]+ )
  | (?P<newline> \n )
  | (?P<quoted>  \"{3} (?: \\. | [^\\] )*? \"{3,5} | '{3} .*? '{3,5}
               | "(?: \\. | [^"\\\n] )*" | '[^'\n]*' )
  | (?P<mark>    [\[\]{}=,.] )
  | (?P<bare>    [^\s\[\]{}=,.\#"']+ )
  | (?P<other>   . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class _Token:
    text: str
    line: int


@dataclass(slots=True)
class Lines:
    """The line of every key and of every element of an array. Made from a source that tomllib accepts."""

    tokens: list[_Token]
    at: int = 0
    known: dict[Path, int] = field(default_factory=dict)
    arrays: dict[Path, int] = field(default_factory=dict)

    def of(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it."""
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, 1)

    def scan(self) -> "Lines":
        table: Path = ()
        while self.at < len(self.tokens):
            if self._next() == "\n":
                self.at += 1
            elif self._next() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self

    def _next(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else "\n"

    def _header(self) -> Path:
        line = self.tokens[self.at].line
        self.at += 1
        of_array = self._next() == "["
        self.at += of_array
        parts = self._key()
        self.at += 1 + of_array
        path: Path = ()
        for part in parts[:-1]:
            path = (*path, part)
            path = (*path, self.arrays[path]) if path in self.arrays else path
        path = (*path, parts[-1])
        self.known.setdefault(path, line)
        if of_array:
            self.arrays[path] = self.arrays.get(path, -1) + 1
            path = (*path, self.arrays[path])
            self.known[path] = line
        return path

    def _key(self) -> list[str]:
        parts = [_bare(self._next())]
        self.at += 1
        while self._next() == ".":
            parts.append(_bare(self.tokens[self.at + 1].text))
            self.at += 2
        return parts

    def _pair(self, table: Path) -> None:
        line = self.tokens[self.at].line
        path = table
        for part in self._key():
            path = (*path, part)
            self.known.setdefault(path, line)
        self.at += 1
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._next()
        if opening not in ("{", "["):
            while self._next() not in ("\n", ",", "}", "]"):
                self.at += 1
            return
        self.at += 1
        position = 0
        while self._next() not in ("}", "]"):
            if self._next() in ("\n", ","):
                self.at += 1
            elif opening == "{":
                self._pair(path)
            else:
                self.known[(*path, position)] = self.tokens[self.at].line
                self._value((*path, position))
                position += 1
        self.at += 1


def lines_of(source: str) -> Lines:
    """The lines of a source that is valid TOML."""
    return Lines(list(_tokens(source))).scan()


def _tokens(source: str) -> Iterator[_Token]:
    line = 1
    for found in _TOKEN.finditer(source):
        text = found.group()
        if found.lastgroup != "skipped":
            yield _Token(text, line)
        line += text.count("\n")


def _bare(text: str) -> str:
    if text[0] not in "\"'":
        return text
    return str(tomllib.loads(f"key = {text}")["key"])
