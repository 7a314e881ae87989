"""The template environment: what every template may use without importing it."""

from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, Template
from markupsafe import Markup

from guichet.ui import formats
from guichet.ui.addresses import address
from guichet.ui.compiling import DirectContext, Generator, Settling
from guichet.ui.icons import icon
from guichet.ui.naming import dom_id


def environment(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend (its ``OPTIONS["environment"]``)."""
    made = _Environment(
        **{"trim_blocks": True, "lstrip_blocks": True, "cache_size": -1, **options},
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        _=_say, pgettext=_say_of, static=static, url=_url, icon=icon, dom_id=dom_id, kept=kept
    )
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
    """The templates, once for each language: an overlay of this environment, made when it is first spoken."""

    code_generator_class = Generator
    context_class = DirectContext

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._spoken: dict[str | None, Environment] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  Jinja's name for it
    ) -> Template:
        if self.overlayed:
            return super().get_template(name, parent, globals)
        language = get_language()
        spoken = self._spoken.get(language) or self._spoken.setdefault(language, self.overlay())
        return spoken.get_template(name, parent, globals)

    def compile(  # type: ignore[override]  # Jinja's has an overload for each way
        self, source: Any, name: str | None = None, filename: str | None = None, **how: Any
    ) -> Any:
        if self.overlayed:
            template = self.parse(source, name, filename)
            source = Settling(template, _SETTLED).visit(template)
        return super().compile(source, name, filename, **how)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Jinja would chain an empty mapping to ours, and search the chain at each import: 0.4 ms a page."""
        return super().make_globals(d) if d else self.globals


def kept(component: Callable[..., Markup]) -> Callable[..., Markup]:
    """A component that is drawn once for the same arguments; for those that show these and nothing else.

    A template says so below its macro: `{% set button = kept(button) %}`. Types count, so that what somebody
    typed is never taken for markup that reads the same.
    """

    @lru_cache(maxsize=512, typed=True)
    def drawn(marks: tuple[tuple[str, type, object], ...], *args: Any, **named: Any) -> Markup:
        attrs = {name: value for name, _type, value in marks}
        return component(*args, **named, **({"attrs": attrs} if attrs else {}))

    def draw(*args: Any, attrs: Mapping[str, object] | None = None, **named: Any) -> Markup:
        marks = tuple((name, type(value), value) for name, value in attrs.items()) if attrs else ()
        return drawn(marks, *args, **named)

    return draw


def _url(name: str, *args: object, **parts: int | str) -> str:
    return reverse(name, args=args) if args else address(name, **parts)


def _say(words: str, /, **named: object) -> Markup:
    """What `_()` of the i18n extension says, in a quarter of its time."""
    return _sentence(words, get_language()) % named


@lru_cache(maxsize=4096)
def _sentence(words: str, _language: str | None) -> Markup:
    return Markup(gettext(words))  # noqa: S704  translations are ours


def _say_of(context: str, words: str, /, **named: object) -> Markup:
    return Markup(pgettext(context, words)) % named  # noqa: S704  translations are ours


# What a call of these with constants gives never changes in a language.
_SETTLED: dict[str, Callable[..., str]] = {"_": _say, "pgettext": _say_of, "static": static, "icon": icon}
