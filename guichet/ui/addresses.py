"""Addresses of pages. Finding one costs as much as writing a row of a list, and a page has a hundred."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


def address(name: str, **parts: int | str) -> str:
    """What `reverse` gives, for an address that holds nothing but these numbers and slugs: none is quoted."""
    return _shape(settings.ROOT_URLCONF, name, tuple(parts)).format(**parts)


@lru_cache(maxsize=512)
def _shape(urlconf: str, name: str, names: tuple[str, ...]) -> str:
    # Numbers that no address has of itself hold the places open.
    places = {one: 7_000_000_000_001 + position for position, one in enumerate(names)}
    shape = reverse(name, urlconf, kwargs=places)
    for one, number in places.items():
        shape = shape.replace(str(number), "{" + one + "}")
    return shape
