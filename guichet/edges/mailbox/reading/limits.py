"""What a mail may be before it is parsed: a page of text can describe what takes a parser minutes."""

from dataclasses import dataclass

MIB = 2**20
MOST_BYTES = 35 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one mail may be and may cost. Beyond the counts marked so, it is read up to them; else refused."""

    most_bytes: int = MOST_BYTES
    most_header_bytes: int = 256 * 1024
    longest_header: int = 16 * 1024
    most_parts: int = 100
    deepest: int = 20
    most_recipients: int = 50  # read up to it, in each header
    longest_text: int = MIB  # characters; read up to it
    deepest_html: int = 2_000
    # What follows is kept by confined.py.
    seconds: float = 2.0  # of a processor
    patience: float = 10.0  # seconds by the clock, on a machine that has other things to do
    memory: int = 256 * MIB  # bytes, Python itself included


class Beyond(Exception):
    """A mail breaks a limit: which one, in words for an agent."""
