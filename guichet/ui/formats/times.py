"""Moments as people say them, in the reader's language and time zone."""

from datetime import date, datetime, timedelta
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
from markupsafe import Markup

from guichet.foundation.clock import now
from guichet.ui.formats.locales import current_locale

Form = Literal["long", "narrow"]

_JUST_NOW = timedelta(minutes=1)
# Past a week "17 days ago" makes the reader calculate; a date does not. Same bound in relative_time.js.
_RECENT = timedelta(days=7)
_TIME = Markup(
    '<relative-time data-form="{form}"><time datetime="{iso}" title="{exact}">{words}</time></relative-time>'
)


def when(moment: datetime | None, form: Form = "long") -> Markup:
    """``<time>`` with relative words, the exact moment on hover; kept fresh by ``<relative-time>``.

    ``narrow`` is the form for dense lists: ``3 hr`` instead of ``3 hours ago``. Nothing for no moment.
    """
    if moment is None:
        return Markup("")
    local = localtime(moment, get_current_timezone())
    iso = local.isoformat(timespec="seconds")
    return _TIME.format(form=form, iso=iso, exact=exact(moment), words=_words(local, form))


def exact(moment: datetime | None) -> str:
    """``Saturday, November 21, 2026 at 10:25 AM``, in the reader's time zone."""
    if moment is None:
        return ""
    local, locale = localtime(moment, get_current_timezone()), current_locale()
    pattern = str(get_datetime_format("full", locale=locale)).replace("'", "")
    hour = format_time(local.timetz(), "short", locale=locale)
    return pattern.replace("{0}", hour).replace("{1}", format_date(local.date(), "full", locale=locale))


def day(moment: datetime | date | None) -> str:
    """``Nov 21, 2026``."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = localtime(moment, get_current_timezone()).date()
    return format_date(moment, "medium", locale=current_locale())


def _words(local: datetime, form: Form) -> str:
    present = localtime(now(), get_current_timezone())
    distance = local - present
    if abs(distance) < _JUST_NOW:
        return pgettext("moment", "now") if form == "narrow" else pgettext("moment", "just now")
    if abs(distance) < _RECENT:
        return _relative(round(distance / _JUST_NOW), form, current_locale())
    skeleton = "MMMd" if local.year == present.year else "yMMMd"
    return format_skeleton(skeleton, local, locale=current_locale())


# A list of fifty rows says "3 hr" many times; a week has no more than these distances.
@lru_cache(maxsize=4096)
def _relative(minutes: int, form: Form, locale: Locale) -> str:
    distance = timedelta(minutes=minutes)
    if form == "narrow":
        return format_timedelta(abs(distance), granularity="minute", format="short", locale=locale)
    return format_timedelta(distance, granularity="minute", add_direction=True, locale=locale)
