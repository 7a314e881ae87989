"""Moments as people say them, in the reader's language and time zone."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    get_datetime_format,
)
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import pgettext
from markupsafe import Markup, escape

from guichet.foundation.clock import now
from guichet.ui.formats.locales import current_locale

Form = Literal["long", "narrow"]

_JUST_NOW = timedelta(minutes=1)
# Past a week "17 days ago" makes the reader calculate; a date does not. Same bound in relative_time.js.
_RECENT = timedelta(days=7)


def when(moment: datetime | None, form: Form = "long") -> Markup:
    """``<time>`` with relative words, the exact moment on hover; kept fresh by ``<relative-time>``.

    ``narrow`` is the form for dense lists: ``3 hr`` instead of ``3 hours ago``. Nothing for no moment.
    """
    if moment is None:
        return Markup("")
    zone, locale = get_current_timezone(), current_locale()
    iso, full = _full(moment.replace(microsecond=0), zone, locale)
    words = escape(_words(moment, form, zone, locale))
    time = f'<time datetime="{iso}" title="{full}">{words}</time>'
    return Markup(f'<relative-time data-form="{form}">{time}</relative-time>')  # noqa: S704  escaped above


def exact(moment: datetime | None) -> str:
    """``Saturday, November 21, 2026, 10:25 AM UTC+1``, in the reader's time zone."""
    if moment is None:
        return ""
    return _exact(localtime(moment, get_current_timezone()), current_locale())


# Lists are read over and over: without this, formatting fifty moments is a quarter of the page.
@lru_cache(maxsize=8192)
def _full(moment: datetime, zone: tzinfo, locale: Locale) -> tuple[str, Markup]:
    """The moment to the second for machines, and in full for people."""
    local = localtime(moment, zone)
    return local.isoformat(), escape(_exact(local, locale))


def _exact(local: datetime, locale: Locale) -> str:
    pattern = str(get_datetime_format("full", locale=locale)).replace("'", "")
    hour = f"{format_time(local.timetz(), 'short', locale=locale)} {_zone(local)}"
    return pattern.replace("{0}", hour).replace("{1}", format_date(local.date(), "full", locale=locale))


def _zone(local: datetime) -> str:
    """``UTC+5:30``: understood everywhere, where ``CET`` or ``EST`` is not."""
    minutes = round((local.utcoffset() or timedelta()) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def day(moment: datetime | date | None) -> str:
    """``Nov 21, 2026``."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = localtime(moment, get_current_timezone()).date()
    return format_date(moment, "medium", locale=current_locale())


def _words(moment: datetime, form: Form, zone: tzinfo, locale: Locale) -> str:
    present = now()
    distance = moment - present
    if abs(distance) < _JUST_NOW:
        return pgettext("moment", "now") if form == "narrow" else pgettext("moment", "just now")
    if abs(distance) < _RECENT:
        return _relative(round(distance / _JUST_NOW), form, locale)
    local = localtime(moment, zone)
    return _date(local.date(), local.year == localtime(present, zone).year, locale)


# A list of fifty rows says "3 hr" many times; a week has no more than these distances.
@lru_cache(maxsize=4096)
def _relative(minutes: int, form: Form, locale: Locale) -> str:
    distance = timedelta(minutes=minutes)
    # Six days are no "week": above a day and a half, a unit counts only once it is full.
    threshold = 0.85 if abs(distance) < timedelta(days=1.5) else 1.01
    if form == "narrow":
        return format_timedelta(abs(distance), "minute", threshold, format="short", locale=locale)
    return format_timedelta(distance, "minute", threshold, add_direction=True, locale=locale)


@lru_cache(maxsize=4096)
def _date(day: date, this_year: bool, locale: Locale) -> str:
    return format_skeleton("MMMd" if this_year else "yMMMd", day, locale=locale)
