"""A policy file becomes values, or everything that is wrong with it, each with its line and its remedy."""

import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.domain.policy.document import FieldKind, PolicyDocument
from guichet.domain.policy.reading import Mistake, Mistakes, default_source, read
from guichet.domain.policy.reading.colours import READABLE, contrast_with_white, nearest_readable

LANGUAGES = ("en", "fr", "es", "de", "ja")
SOUND = """\
[vendor]
name = "Larch"
languages = ["en", "fr"]

[[categories]]
key = "help"
title.en = "Help"
title.fr = "Aide"
when.en = "Anything."
when.fr = "Tout."
"""


def mistakes_in(source: str) -> tuple[Mistake, ...]:
    with pytest.raises(Mistakes) as raised:
        read(source)
    return raised.value.mistakes


def texts_of(document: PolicyDocument) -> Iterator[Mapping[str, str]]:
    yield document.vendor.hours
    for category in document.categories:
        yield from (category.title, category.when)
        yield from ({language: tip} for language in category.tips for tip in category.tips_in(language))
        for field in category.fields:
            yield from (field.label, field.hint, *(choice.label for choice in field.choices))


class TestTheDefaultFile:
    @pytest.mark.requirement(72)
    def test_has_the_five_categories_of_a_small_vendor(self) -> None:
        keys = [category.key for category in read(default_source()).categories]
        assert keys == ["billing", "technical", "account", "feature", "other"]

    @pytest.mark.requirement(73)
    def test_bounds_every_description_to_10_and_5000_characters(self) -> None:
        bounds = {
            (category.min_length, category.max_length) for category in read(default_source()).categories
        }
        assert bounds == {(10, 5000)}

    @pytest.mark.requirement(85)
    def test_asks_for_the_problem_the_benefit_and_examples_of_a_feature(self) -> None:
        feature = read(default_source()).category("feature")
        assert feature is not None
        assert [field.key for field in feature.fields] == ["problem", "benefit", "examples"]

    @pytest.mark.requirement(74)
    @pytest.mark.requirement(16)
    def test_asks_what_finds_a_technical_fault(self) -> None:
        technical = read(default_source()).category("technical")
        assert technical is not None
        assert [field.key for field in technical.fields] == [
            "workspace",
            "page",
            "steps",
            "expected",
            "actual",
            "examples",
            "browser",
        ]
        assert not any(field.required for field in technical.fields)

    def test_says_everything_in_five_languages(self) -> None:
        document = read(default_source())
        assert document.vendor.languages == LANGUAGES
        assert all(len(category.tips) in (0, 5) for category in document.categories)
        assert all(set(texts) == set(LANGUAGES) for texts in texts_of(document) if len(texts) > 1)

    def test_is_written_as_french_and_japanese_are(self) -> None:
        texts = list(texts_of(read(default_source())))
        french = [text["fr"] for text in texts if "fr" in text]
        japanese = [text["ja"] for text in texts if "ja" in text]
        assert [text for text in french if re.search(r"[^\u202f/][;:?!](?!//)", text)] == []
        assert [text for text in french if "'" in text] == []
        assert [text for text in japanese if re.search(r"[,?!;]|(?<!\d):", text)] == []


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


# change to the sound file: what is replaced, by what → line, where, sentence, remedy
MISTAKES = {
    "unknown setting": (
        ('name = "Larch"', 'name = "Larch"\nacent = "#2f6f5e"'),
        (3, "vendor.acent", 'There is no setting called "acent" here.', 'Did you mean "accent"?'),
    ),
    "unknown setting like no other": (
        ("[[categories]]", "zzz = 1\n[[categories]]"),
        (5, "vendor.zzz", 'There is no setting called "zzz" here.', "Known here: accent, default_language, "),
    ),
    "wrong type": (
        ('name = "Larch"', "name = 12"),
        (2, "vendor.name", "This should be a text, not a whole number.", 'For example: name = "…".'),
    ),
    "true is no number": (
        ("[[categories]]", "[requests]\nreopen_days = true\n[[categories]]"),
        (6, "requests.reopen_days", "This should be a whole number, not true or false.", "= 10."),
    ),
    "missing name": (('name = "Larch"\n', ""), (1, "vendor", '"name" is missing.', 'Add name = "…".')),
    "empty name": (('"Larch"', '"  "'), (2, "vendor.name", "This is empty.", "between the quotes")),
    "missing text": (
        ('title.fr = "Aide"\n', ""),
        (7, "categories.help.title", '"title" is missing in fr.', 'Add title.fr = "…".'),
    ),
    "text without language": (
        ('title.en = "Help"\ntitle.fr = "Aide"', 'title = "Help"'),
        (7, "categories.help.title", "This is said in each language.", 'For example: title.en = "…".'),
    ),
    "unknown language of a text": (
        ('title.fr = "Aide"', 'title.fr = "Aide"\ntitle.frr = "?"'),
        (9, "categories.help.title.frr", '"frr" is not a language of Guichet.', 'Did you mean "fr"?'),
    ),
    "unknown language": (
        ('["en", "fr"]', '["en", "fr", "xx"]'),
        (3, "vendor.languages", "'xx' is not a language of Guichet.", "Choose among en, fr, de, es, ja."),
    ),
    "language twice": (
        ('["en", "fr"]', '["en", "fr", "en"]'),
        (3, "vendor.languages", '"en" is there twice.', "Name each language once."),
    ),
    "no language": (
        ('["en", "fr"]', "[]"),
        (3, "vendor.languages", "There is no language.", "Choose among en, fr, de, es, ja."),
    ),
    "default language that is not offered": (
        ('"Larch"', '"Larch"\ndefault_language = "ja"'),
        (3, "vendor.default_language", "'ja' is not among the languages of this policy.", "en, fr"),
    ),
    "no colour": (
        ('"Larch"', '"Larch"\naccent = "green"'),
        (3, "vendor.accent", "This is not a colour.", 'such as "#2f6f5e"'),
    ),
    "pale colour": (
        ('"Larch"', '"Larch"\naccent = "#7fd0c0"'),
        (3, "vendor.accent", "(contrast 1.8, needed 4.5)", 'The nearest darker one that works is "#308373".'),
    ),
    "bad e-mail": (
        ('"Larch"', '"Larch"\nemail = "help at larch"'),
        (3, "vendor.email", "This is not an e-mail address.", 'email = "help@company.example"'),
    ),
    "bad telephone number": (
        ('"Larch"', '"Larch"\nphone = "call us"'),
        (3, "vendor.phone", "This is not a telephone number.", "from abroad"),
    ),
    "bad website": (
        ('"Larch"', '"Larch"\nwebsite = "javascript:alert(1)"'),
        (3, "vendor.website", "This is not a web address.", "https://company.example/"),
    ),
    "key with capitals": (
        ('key = "help"', 'key = "Help me"'),
        (6, "categories.Help me.key", "'Help me' cannot be the key of a category.", 'such as "help-me"'),
    ),
    "key without letters": (
        ('key = "help"', 'key = "123"'),
        (6, "categories.123.key", "'123' cannot be the key of a category.", 'such as "category"'),
    ),
    "category twice": (
        (SOUND, SOUND + SOUND[SOUND.index("[[") :]),
        (12, "categories.help.key", 'Another category has the key "help" already.', "its own key"),
    ),
    "unknown icon": (
        ('key = "help"', 'key = "help"\nicon = "wrnch"'),
        (7, "categories.help.icon", "There is no icon called 'wrnch'.", 'Did you mean "wrench"?'),
    ),
    "bounds inverted": (
        ('key = "help"', 'key = "help"\nmin_length = 90\nmax_length = 80'),
        (7, "categories.help.min_length", "The least, 90, is more than the most, 80.", "Exchange them."),
    ),
    "bound out of bounds": (
        ('key = "help"', 'key = "help"\nmax_length = 5001'),
        (7, "categories.help.max_length", "5001 is out of bounds.", "from 1 to 5000"),
    ),
    "number of 2,000 digits": (
        ('key = "help"', f'key = "help"\nmax_length = 0x{"f" * 2000}'),
        (7, "categories.help.max_length", "This number is out of bounds.", "from 1 to 5000"),
    ),
    "no categories": (
        (SOUND[SOUND.index("[[") :], ""),
        (1, "categories", "There are no categories: nobody could ask anything.", "[[categories]]"),
    ),
    "categories that are no tables": (
        (SOUND, 'categories = ["help"]\n[vendor]\nname = "Larch"\n'),
        (1, "categories.1", "Each of the categories is a table.", "[[categories]]"),
    ),
    "text over several lines": (
        ('when.en = "Anything."', 'when.en = """Any\nthing."""'),
        (9, "categories.help.when.en", "This text runs over several lines.", "Write it on one line."),
    ),
    "text that is too long": (
        ('title.en = "Help"', f'title.en = "{"h" * 81}"'),
        (7, "categories.help.title.en", "This text has 81 characters.", "Shorten it to 80 at most."),
    ),
    "NUL in a text": (
        ('title.en = "Help"', 'title.en = "He\\u0000lp"'),
        (7, "categories.help.title.en", "characters that cannot be shown", "Type it again."),
    ),
    "a tip of the wrong type": (
        (
            'key = "help"',
            'key = "help"\ntips.fr = ["Un"]\ntips.en = [\n    "One",  # a comment, and a ]\n    2,\n]',
        ),
        (10, "categories.help.tips.en.2", "This should be a text, not a whole number.", "= "),
    ),
    "tips in one language only": (
        ('key = "help"', 'key = "help"\ntips.en = ["One"]'),
        (7, "categories.help.tips", '"tips" is missing in fr.', 'Add tips.fr = ["…", "…"].'),
    ),
    "unknown kind of field": (
        (SOUND, SOUND + '[[categories.fields]]\nkey = "a"\nkind = "lnie"\nlabel = { en = "A", fr = "A" }\n'),
        (13, "categories.help.fields.a.kind", "There is no field of kind 'lnie'.", '"line", "text", "url"'),
    ),
    "field twice": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "line"\nlabel = { en = "A", fr = "A" }\n' * 2,
        ),
        (16, "categories.help.fields.a.key", 'Another field has the key "a" already.', "its own key"),
    ),
    "nothing to choose from": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "choice"\nlabel = { en = "A", fr = "A" }\n',
        ),
        (13, "categories.help.fields.a.kind", "There is nothing to choose from.", "Add choices = "),
    ),
    "choices where nobody chooses": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "line"\nlabel = { en = "A", fr = "A" }\n'
            'choices = [\n    { key = "x", label = { en = "X", fr = "X" } },\n]\n',
        ),
        (15, "categories.help.fields.a.choices", 'A "line" has no choices.', 'kind = "choice"'),
    ),
    "choice without a text": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "choice"\nlabel = { en = "A", fr = "A" }\n'
            'choices = [\n    { key = "x", label = { en = "X", fr = "X" } },\n'
            '    { key = "y", label.en = "Y" },\n]\n',
        ),
        (17, "categories.help.fields.a.choices.y.label", '"label" is missing in fr.', "Add label.fr"),
    ),
}


@pytest.mark.parametrize(("change", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_remedy(
    change: tuple[str, str], told: tuple[int, str, str, str]
) -> None:
    assert change[0] in SOUND
    (mistake,) = mistakes_in(SOUND.replace(*change, 1))
    line, where, sentence, remedy = told
    assert (mistake.line, mistake.where) == (line, where)
    assert sentence in mistake.sentence
    assert remedy in mistake.remedy


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
