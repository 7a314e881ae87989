"""The template environment: what every template may use without importing it."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment

from guichet.ui import formats
from guichet.ui.addresses import address
from guichet.ui.icons import icon
from guichet.ui.naming import dom_id


def environment(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend (its ``OPTIONS["environment"]``)."""
    made = Environment(  # noqa: S701 - Django's backend passes autoescape=True
        **{"trim_blocks": True, "lstrip_blocks": True, **options}, extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(static=static, url=_url, icon=icon, dom_id=dom_id)
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


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else address(name)
