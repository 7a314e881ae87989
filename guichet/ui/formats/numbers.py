"""Numbers and sizes as the reader's language writes them."""

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

from guichet.ui.formats.locales import current_locale

_STEP = 1000
_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte", "terabyte")


def number(value: float | Decimal) -> str:
    return format_decimal(value, locale=current_locale())


def size_in_bytes(value: int) -> str:
    """``1_234_567`` → ``1.2 MB``: decimal units, one digit after the point below ten."""
    amount, unit = float(value), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    rounded = round(amount, 1) if amount < 10 and unit else round(amount)
    return _in_units(rounded, unit, current_locale())


# Every form that takes files says how large they may be.
@lru_cache(maxsize=2048)
def _in_units(rounded: float, unit: int, locale: Locale) -> str:
    length: Literal["short", "long"] = "short" if unit else "long"
    return str(format_unit(rounded, f"digital-{_UNITS[unit]}", length=length, locale=locale))
