import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guichet.foundation.text.cleaning import clean_line, clean_text

ANYTHING = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\u2028d\x85e\x0bf", "a\nb\nc\nd\ne\nf"),
        ("a\tb", "a\tb"),
        ("nul\0, bell\x07, c1\x9b", "nul, bell, c1"),
        ("lone \ud800surrogate\udfff", "lone surrogate"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("marks\u200e \u200f", "marks\u200e \u200f"),
        ("e\u0301", "é"),
        ("\ufeffbom\ufffe\U0001ffff", "bom"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("می‌خواهم", "می‌خواهم"),
        ("\u200b \u3000trimmed\u200d\u00a0", "trimmed"),
        ("\u200b\u200b", ""),
        ("two  spaces\n\n\nand lines", "two  spaces\n\n\nand lines"),
    ],
)
def test_text_keeps_what_it_says_and_loses_what_harms(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_line_is_one_line() -> None:
    assert clean_line(" My\r\n\tprinter \u2028 burns ") == "My printer burns"


def test_a_line_fits_its_column_and_ends_with_a_whole_character() -> None:
    assert clean_line("ab👩‍👩‍👧", limit=5) == "ab"
    assert clean_line("one two three", limit=8) == "one two"
    assert len(clean_line("x" * 10_000)) == 250


@given(ANYTHING)
@example("\u0344" * 40)
@example("\u1100\u1161\u202a\u11a8")
@example("a" + "\u0301" * 31 + "\u09be")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert clean_line(cleaned) == clean_line(clean_line(text))


@given(ANYTHING)
def test_what_is_clean_can_be_stored(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize("text", ["a" + "\u0301\u0323" * 250_000, "👩‍👩‍👧‍👦" * 40_000, " \u200b" * 500_000])
def test_a_megabyte_takes_no_longer_than_its_size(text: str) -> None:
    began = time.process_time()
    clean_text(text)
    clean_line(text)
    assert time.process_time() - began < 2
