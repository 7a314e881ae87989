"""The template environment: what every template may use without importing it."""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment
from markupsafe import Markup

from guichet.ui import formats
from guichet.ui.addresses import address
from guichet.ui.icons import icon
from guichet.ui.naming import dom_id


def environment(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend (its ``OPTIONS["environment"]``)."""
    made = _Environment(
        **{"trim_blocks": True, "lstrip_blocks": True, **options}, extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(_=_say, static=static, url=_url, icon=icon, dom_id=dom_id)
    made.filters.update(
        when=formats.when,
        exact=formats.exact,
        day=formats.day,
        number=formats.number,
        bytes=formats.size_in_bytes,
        initials=formats.initials,
        bold=formats.bold,
        hue=formats.hue,
    )
    return made


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Jinja would chain an empty mapping to ours, and search the chain at each import: 0.4 ms a page."""
        return super().make_globals(d) if d else self.globals


def _url(name: str, *args: object, **numbers: int) -> str:
    return reverse(name, args=args) if args else address(name, **numbers)


def _say(words: str, /, **named: object) -> Markup:
    """What `_()` of the i18n extension says, in a quarter of its time: a page says a hundred sentences."""
    language = get_language()
    return _sentence(words, language) % named if named else _finished(words, language)


@lru_cache(maxsize=4096)
def _sentence(words: str, _language: str | None) -> Markup:
    return Markup(gettext(words))  # noqa: S704  translations are ours


@lru_cache(maxsize=4096)
def _finished(words: str, language: str | None) -> Markup:
    return _sentence(words, language) % {}
