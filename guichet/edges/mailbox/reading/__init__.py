"""From bytes that anybody can have written to a typed value. Pure: no database, no network, no traceback."""

from .mail import Automatic, File, Mail
from .parse import parse
from .trimming import Trimmed, trim

__all__ = ["Automatic", "File", "Mail", "Trimmed", "parse", "trim"]
