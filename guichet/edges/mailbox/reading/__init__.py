"""From bytes that anybody can have written to a typed value. Pure: no database, no network, no traceback."""

from ..limits import Limits
from .mail import Address, Automatic, Failure, File, Mail, Security
from .parse import parse
from .trimming import Trimmed, trim

__all__ = [
    "Address",
    "Automatic",
    "Failure",
    "File",
    "Limits",
    "Mail",
    "Security",
    "Trimmed",
    "parse",
    "trim",
]
