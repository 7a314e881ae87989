"""What a mail may be before it is parsed: a page of text can describe what takes a parser minutes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

KB, MB = 2**10, 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one mail may be and may cost. Beyond the counts marked so, it is read up to them; else refused."""

    most_bytes: int = 35 * MB
    most_header_bytes: int = 256 * KB
    longest_header: int = 16 * KB
    most_parts: int = 100
    deepest: int = 20
    most_recipients: int = 50  # read up to it, in each header
    longest_text: int = MB  # characters; read up to it
    deepest_html: int = 2_000
    # What follows is kept by confined.py.
    seconds: float = 2.0  # of a processor
    patience: float = 10.0  # seconds by the clock, on a machine that has other things to do
    memory: int = 256 * MB  # bytes, Python itself included


class Beyond(Exception):
    """A mail breaks a limit: which one, in words for an agent."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """What an owner may set `field` to, in units of `unit`."""

    field: str
    least: int
    most: int
    unit: int = 1


# The largest mail is one that a provider can still hand over in a form; whoever reads one for more than ten
# seconds is taken for dead by others.
CHOICES = {
    "mail_mb": _Choice("most_bytes", 1, 75, MB),
    "headers_kb": _Choice("most_header_bytes", 16, 4096, KB),
    "header_kb": _Choice("longest_header", 1, 1024, KB),
    "parts": _Choice("most_parts", 10, 1000),
    "depth": _Choice("deepest", 2, 50),
    "recipients": _Choice("most_recipients", 1, 1000),
    "text_kb": _Choice("longest_text", 16, 8192, KB),
    "html_depth": _Choice("deepest_html", 50, 5000),
    "seconds": _Choice("seconds", 1, 10),
    "memory_mb": _Choice("memory", 128, 2048, MB),
}
_PATIENCE = 5  # seconds by the clock for one of a processor
# Five copies of the largest mail, its parts and its files, beside the reader itself.
_READER, _COPIES = 64 * MB, 5


def limits_in(value: str, mistake: Callable[[str], None]) -> Limits:
    """The usual limits, but for what `value` says, such as “mail_mb=50 parts=200”.

    `mistake` is told, in the rest of a sentence, of each that cannot be.
    """
    chosen = dict[str, int]()
    for word in value.replace(",", " ").split():
        name, _, number = word.partition("=")
        choice = CHOICES.get(name)
        if choice is None:
            near = get_close_matches(name, CHOICES, 1)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(CHOICES)}."
            mistake(f"has “{word}”, which is not a limit; {meant}")
        elif not re.fullmatch(r"[0-9]{1,9}", number) or not choice.least <= int(number) <= choice.most:
            mistake(f"has “{word}”; write {name}= with a number from {choice.least} to {choice.most}.")
        elif choice.field in chosen:
            mistake(f"names {name} twice; write it once.")
        else:
            chosen[choice.field] = int(number) * choice.unit
    limits = replace(Limits(), **chosen)
    limits = replace(limits, patience=max(limits.patience, limits.seconds * _PATIENCE))
    needed = _READER + _COPIES * limits.most_bytes
    if limits.memory < needed:
        largest, memory = limits.most_bytes // MB, -(-needed // MB)
        mistake(f"lets mails of {largest} MB in, which need memory; write memory_mb={memory} or more.")
    if limits.longest_header > limits.most_header_bytes:
        mistake("lets one header be longer than all of them may be; write headers_kb above header_kb.")
    return limits
