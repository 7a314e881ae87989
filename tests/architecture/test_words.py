"""Every word in every language: nothing missing, nothing doubtful, typography as a native writer has it.

English is the language of the code and needs no catalogue. `bin/words` brings the catalogues up to date.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import frontend
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("fr", "es", "de", "ja")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
JAPANESE = r"[\u3040-\u30ff\u4e00-\u9fff]"

Key = tuple[str | None, str]


@cache
def catalogue(language: str) -> Catalog:
    path = ROOT / "guichet/ui/locale" / language / "LC_MESSAGES/django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def in_the_code(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    """The messages of the code, read in the way of bin/words."""
    words = (ROOT / "bin/words").read_text()
    keywords = [part for option in re.findall(r"-k ([\w:,]+)", words) for part in ("-k", option)]
    template = tmp_path_factory.mktemp("words") / "django.pot"
    source, target = str(ROOT / "guichet"), str(template)
    frontend.CommandLineInterface().run(  # type: ignore[no-untyped-call]
        ["pybabel", "--quiet", "extract", "-F", str(ROOT / "babel.cfg"), *keywords, "-o", target, source]
    )
    with template.open("rb") as file:
        return {key_of(message) for message in read_po(file) if message.id}


def key_of(message: Message) -> Key:
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context, singular)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def said(language: str) -> Iterator[tuple[Message, str]]:
    """Each sentence of a language beside its message."""
    for message in catalogue(language):
        if message.id:
            for form in forms(message):
                yield message, form


def test_there_are_words_in_the_code(in_the_code: set[Key]) -> None:
    assert (None, "New request") in in_the_code
    assert len(in_the_code) > 300


@pytest.mark.requirement(43)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_code_is_translated(language: str, in_the_code: set[Key]) -> None:
    known = {key_of(message) for message in catalogue(language) if message.id}
    assert (sorted(map(str, in_the_code - known)), sorted(map(str, known - in_the_code))) == ([], [])
    missing = [key_of(message) for message, form in said(language) if not form]
    assert missing == []
    assert [key_of(message) for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_form_is_there(language: str) -> None:
    expected = catalogue(language).num_plurals
    wrong = [key_of(m) for m in catalogue(language) if m.pluralizable and len(forms(m)) != expected]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_filled_in_everywhere(language: str) -> None:
    wrong = []
    for message, form in said(language):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        allowed = {name for text in ids for name in PLACEHOLDER.findall(text)}
        needed = set(PLACEHOLDER.findall(ids[-1])) if form == forms(message)[-1] else set()
        if not needed <= set(PLACEHOLDER.findall(form)) <= allowed:
            wrong.append((key_of(message), form))
    assert wrong == []


TYPOGRAPHY = {
    "fr": [
        (r"[^\u202f\u00a0\s(!?:][;!?](?:\s|$)", "a narrow no-break space (U+202F) before ; ! ?"),
        (r"[^\u202f\u00a0\d]:(?:\s|$)", "a no-break space before :"),
        (r" [;:!?»]|« ", "no-break spaces, not common ones"),
        (r"[“”]", "« guillemets »"),
        (r"\.\.\.", "the ellipsis character"),
    ],
    "es": [
        (r"^[^¿]*\?", "an opening ¿"),
        (r"^[^¡]*!", "an opening ¡"),
        (r"\.\.\.", "the ellipsis character"),
    ],
    "de": [
        (r"“[^“”„]*”", "„Anführungszeichen“"),
        (r"\.\.\.", "the ellipsis character"),
    ],
    "ja": [
        (rf"{JAPANESE}[?!:;,.](?!\w)", "full-width punctuation"),
        (rf"{JAPANESE}\(|\){JAPANESE}", "full-width brackets"),
        (r"[“”]", "「かぎ括弧」"),
        (r"\.\.\.", "the ellipsis character"),
    ],
}


@pytest.mark.parametrize(
    ("language", "wrong", "rule"), [(la, *row) for la, rows in TYPOGRAPHY.items() for row in rows]
)
def test_typography_is_that_of_the_language(language: str, wrong: str, rule: str) -> None:
    found = [
        form for _message, form in said(language) if re.search(wrong, re.sub(r"%\(\w+\)[sd]", "x", form))
    ]
    assert found == [], f"{language} wants {rule}"
