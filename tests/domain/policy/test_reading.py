"""A policy file becomes values, or everything that is wrong with it; no text makes it fail otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.domain.policy.document import FieldKind
from guichet.domain.policy.reading import Mistake, Mistakes, default_source, read
from guichet.domain.policy.reading.colours import READABLE, contrast_with_white, nearest_readable

from .sound import SOUND, mistakes_in


def test_what_is_left_out_has_its_default() -> None:
    document = read(SOUND)
    assert document.vendor.default_language == "en"
    assert document.vendor.accent == "#2f6f5e"
    assert (document.requests.reopen_days, document.requests.close_resolved_days) == (30, 7)
    assert (document.attachments.max_mb, document.attachments.max_files) == (25, 10)
    assert document.categories[0].icon == "message-circle"


def test_a_field_is_read_whole() -> None:
    document = read(
        SOUND
        + """
[[categories.fields]]
key = "where"
kind = "choice"
required = true
label = { en = "Where?", fr = "Où ?" }
hint = { en = "Choose.", fr = "Choisissez." }
choices = [
    { key = "web", label = { en = "Browser", fr = "Navigateur" } },
    { key = "app", label = { en = "App", fr = "Appli" } },
]
"""
    )
    (field,) = document.categories[0].fields
    assert (field.key, field.kind, field.required) == ("where", FieldKind.CHOICE, True)
    assert [(choice.key, choice.label["fr"]) for choice in field.choices] == [
        ("web", "Navigateur"),
        ("app", "Appli"),
    ]


def test_texts_may_wait_for_their_language() -> None:
    assert read(SOUND + 'title.de = "Hilfe"\n').vendor.languages == ("en", "fr")


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("a = 1\nb = \nc = 3", 2, "at column 5: Invalid value"),
        ('[vendor]\nname = "x"\n\n[vendor]\n', 4, "Cannot declare"),
        ('[vendor]\nname = """x\n\n', 4, "at the end of the file"),
        ("a = " + "[" * 50_000, 1, "nested too deeply"),
        (f"a = 1{'0' * 5000}", 1, "not a TOML file"),
        ("a = 1\nb = '\ud800'", 2, "half a character"),
        ("#" * 500_001, 1, "500001 characters"),
    ],
    ids=["value", "twice", "unfinished", "nested", "digits", "surrogate", "size"],
)
def test_what_is_no_toml_is_told_with_its_line(source: str, line: int, sentence: str) -> None:
    (mistake,) = mistakes_in(source)
    assert (mistake.line, mistake.where) == (line, "")
    assert sentence in mistake.sentence
    assert mistake.remedy


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines() -> None:
    changed = SOUND.replace("name =", "nmae =").replace('"help"', '"Help"').replace('when.fr = "Tout."\n', "")
    assert [(mistake.line, mistake.where) for mistake in mistakes_in(changed)] == [
        (1, "vendor"),
        (2, "vendor.nmae"),
        (6, "categories.Help.key"),
        (9, "categories.Help.when"),
    ]


def test_mistakes_read_as_sentences() -> None:
    (mistake,) = mistakes_in(SOUND.replace('title.fr = "Aide"\n', ""))
    assert str(mistake) == 'line 7: categories.help.title: "title" is missing in fr. Add title.fr = "…".'


@given(st.text())
def test_no_text_whatever_makes_it_fail_otherwise(source: str) -> None:
    _reads_or_tells(source)


@given(st.data())
def test_no_damage_to_a_sound_file_makes_it_fail_otherwise(data: st.DataObject) -> None:
    sound = default_source()
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(start + 400, len(sound))))
    patch = data.draw(st.text(alphabet="[]{}=.,\"'#\n \\aé0-_", max_size=12))
    _reads_or_tells(sound[:start] + patch + sound[end:])


def _reads_or_tells(source: str) -> None:
    told: tuple[Mistake, ...] = ()
    try:
        read(source)
    except Mistakes as mistakes:
        told = mistakes.mistakes or pytest.fail("refused without a reason")
    for mistake in told:
        assert 1 <= mistake.line <= source.count("\n") + 1
        assert mistake.sentence
        assert mistake.remedy
        assert str(mistake).isprintable()


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_the_suggested_colour_is_always_readable(colour: str) -> None:
    assert contrast_with_white(nearest_readable(colour)) >= READABLE


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)
