"""What is settled when a template is compiled, and what is kept of its components."""

from itertools import count

import pytest
from django.utils.translation import override
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from guichet.ui.jinja import environment, kept

TEMPLATES = {
    "said.html": '<p>{{ _("Send") }} {{ icon("send", 14) }}</p>',
    "some.html": "{{ 'a' if words }}{{ 'b' if not words }}{{ 'd' if words else 'e' }}",
    "own.html": "{% for _ in words %}{{ _ }} {% endfor %}{% set icon = 3 %}{{ icon }}",
    "nested.html": '{% include "said.html" %}{{ _("Send")|upper }}{{ words[0] }}',
    "button.html": "{% macro button(label) %}<b>{{ label }}</b>{% endmacro %}{% set button = kept(button) %}",
    "calls.html": '{% from "button.html" import button %}{% for one in words %}{{ button(one) }}{% endfor %}',
}


@pytest.fixture
def templates() -> Environment:
    return environment(loader=DictLoader(TEMPLATES), autoescape=True)


def test_each_language_has_its_own_sentences(templates: Environment) -> None:
    for language, words in [("en", "Send"), ("fr", "Envoyer"), ("en", "Send"), ("ja", "送信")]:
        with override(language):
            page = templates.get_template("nested.html").render(words=["<i>"])
        assert page.startswith(f"<p>{words} <svg"), language
        assert page.endswith(f"{words.upper()}&lt;i&gt;"), language


def test_a_template_that_calls_something_else_by_the_same_name_means_that(templates: Environment) -> None:
    assert templates.get_template("own.html").render(words=["a", "<b>"]) == "a &lt;b&gt; 3"


def test_what_stands_under_a_condition_is_nothing_without_it(templates: Environment) -> None:
    assert templates.get_template("some.html").render(words=["x"]) == "ad"
    assert templates.get_template("some.html").render(words=[]) == "be"


def test_what_somebody_typed_is_never_taken_for_markup_that_reads_the_same(templates: Environment) -> None:
    words = [Markup("<i>bold</i>"), "<i>bold</i>", Markup("<i>bold</i>")]
    page = templates.get_template("calls.html").render(words=words)
    assert page == "<b><i>bold</i></b><b>&lt;i&gt;bold&lt;/i&gt;</b><b><i>bold</i></b>"


def test_a_component_is_drawn_once_for_the_same_arguments() -> None:
    drawn = count(1)

    @kept
    def component(*_given: object, **_named: object) -> Markup:
        return Markup("%d") % next(drawn)

    assert [component(1), component(1), component(True), component(1, size="small")] == ["1", "1", "2", "3"]
    asked = [{"title": "<b>"}, {"title": "<b>"}, {"title": Markup("<b>")}, {"title": "<b>", "lang": "fr"}, {}]
    assert [component(1, attrs=attrs) for attrs in asked] == ["4", "4", "5", "6", "1"]
