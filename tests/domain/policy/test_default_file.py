"""The policy that Guichet comes with."""

import re
from collections.abc import Iterator, Mapping

import pytest

from guichet.domain.policy.document import PolicyDocument
from guichet.domain.policy.reading import default_source, read

LANGUAGES = ("en", "fr", "es", "de", "ja")


def texts_of(document: PolicyDocument) -> Iterator[Mapping[str, str]]:
    yield document.vendor.hours
    for category in document.categories:
        yield from (category.title, category.when)
        yield from ({language: tip} for language in category.tips for tip in category.tips_in(language))
        for field in category.fields:
            yield from (field.label, field.hint, *(choice.label for choice in field.choices))


@pytest.mark.requirement(72)
def test_has_the_five_categories_of_a_small_vendor() -> None:
    keys = [category.key for category in read(default_source()).categories]
    assert keys == ["billing", "technical", "account", "feature", "other"]


@pytest.mark.requirement(73)
def test_bounds_every_description_to_10_and_5000_characters() -> None:
    bounds = {(category.min_length, category.max_length) for category in read(default_source()).categories}
    assert bounds == {(10, 5000)}


@pytest.mark.requirement(85)
def test_asks_for_the_problem_the_benefit_and_examples_of_a_feature() -> None:
    feature = read(default_source()).category("feature")
    assert feature is not None
    assert [field.key for field in feature.fields] == ["problem", "benefit", "examples"]


@pytest.mark.requirement(74)
@pytest.mark.requirement(16)
def test_asks_what_finds_a_technical_fault() -> None:
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


def test_says_everything_in_five_languages() -> None:
    document = read(default_source())
    assert document.vendor.languages == LANGUAGES
    assert all(len(category.tips) in (0, 5) for category in document.categories)
    assert all(set(texts) == set(LANGUAGES) for texts in texts_of(document) if len(texts) > 1)


def test_is_written_as_french_and_japanese_are() -> None:
    texts = list(texts_of(read(default_source())))
    french = [text["fr"] for text in texts if "fr" in text]
    japanese = [text["ja"] for text in texts if "ja" in text]
    assert [text for text in french if re.search(r"[^\u202f/][;:?!](?!//)", text)] == []
    assert [text for text in french if "'" in text] == []
    assert [text for text in japanese if re.search(r"[,?!;]|(?<!\d):", text)] == []
