"""Addresses as people's programs write them, read as a mail program shows them (RFC 5322 3.4, and less)."""

import re
from collections.abc import Iterator

from guichet.foundation.text.cleaning import clean_line

from .mail import Address
from .words import decode_words

_SIGN = r"[^\s\x00-\x1f<>@,;:()\"\[\]\\]"
ADDRESS = rf"{_SIGN}{{1,64}}@{_SIGN}{{1,253}}"
_ADDRESS = re.compile(ADDRESS)
_TOKEN = re.compile(
    r"(?P<quoted>\"(?:[^\"\\]|\\.)*\"?(?!@))|<(?P<angle>[^<>]*)>?|(?P<open>\()|(?P<part>[,;])|(?P<other>[^\"<(,;]+|.)",
    re.DOTALL,
)
_BRACKET = re.compile(r"[()]")
_LONGEST_NAME = 120


def addresses_in(value: str, most: int) -> tuple[Address, ...]:
    """The people in a header, at most so many. A piece without any address is the name of the next one."""
    found: list[Address] = []
    before = ""
    for said, address in _pieces(value):
        name = f"{before}, {said}" if before and said else before or said
        before = "" if address else name
        if address and len(found) < most:
            found.append(Address(_name(name), address))
    return tuple(found)


def all_addresses(value: str) -> list[str]:
    """Everything in a header that looks like an address, also what is no recipient's."""
    return _ADDRESS.findall(value)


def _pieces(value: str) -> Iterator[tuple[str, str]]:
    """Of each piece between commas: the name, and the address if there is one."""
    words = comment = angle = ""
    at = 0
    while at < len(value):
        found = _TOKEN.match(value, at)
        assert found is not None  # it takes any sign
        at = found.end()
        match found.lastgroup:
            case "quoted":
                words += re.sub(r"\\(.)", r"\1", found["quoted"].strip('"'))
            case "angle":
                angle = angle or _first(found["angle"])
            case "open":
                comment, at = _comment(value, at)
            case "part":
                yield _piece(words, comment, angle)
                words = comment = angle = ""
            case _:
                words += found["other"].rpartition(":")[2]  # before it stands the name of a group
    yield _piece(words, comment, angle)


def _piece(words: str, comment: str, angle: str) -> tuple[str, str]:
    if angle:
        return words.strip() or comment, angle
    address = _first(words)
    return (comment, address) if address else (words.strip(), "")


def _comment(value: str, at: int) -> tuple[str, int]:
    """What stands between brackets, which may hold others, and where it ends."""
    depth = 1
    for found in _BRACKET.finditer(value, at):
        depth += 1 if found.group() == "(" else -1
        if not depth:
            return value[at : found.start()], found.end()
    return value[at:], len(value)


def _first(said: str) -> str:
    found = _ADDRESS.search(said)
    return found.group() if found else ""


def _name(said: str) -> str:
    return clean_line(decode_words(said).strip(" \"'"), _LONGEST_NAME)
