"""The time zones, as people look for them: by part of the world, then by city, in their language."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

AREAS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


@lru_cache(maxsize=16)
def zones_by_area(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Pairs of an area and its zones, each a pair of IANA name and city, in the order of the city."""
    zones: dict[str, list[tuple[str, str]]] = {area: [] for area in AREAS}
    locale = Locale.parse(language)
    for zone in available_timezones():
        area = zone.partition("/")[0]
        if area in zones:
            city = get_timezone_location(zone, locale=locale, return_city=True)
            zones[area].append((zone, city or zone.rpartition("/")[2].replace("_", " ")))
    with override(language):
        named = [
            (gettext(AREAS[area]), sorted(found, key=lambda pair: pair[1])) for area, found in zones.items()
        ]
    return [(gettext("Everywhere"), [("UTC", "UTC")]), *named]
