import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from guichet.foundation.text.graphemes import cut, fit, length

FAMILY = "👩‍👩‍👧‍👦"
SEEN = st.text("a é한क्🇫🇷\u0301\u200d👩🏽\r\n")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", 0),
        (" \n\t ", 0),
        (" abc ", 3),
        ("e\u0301", 1),
        (FAMILY, 1),
        ("🇫🇷🇩🇪", 2),
        ("🇫🇷🇩", 2),
        ("👍🏽", 1),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 1),
        ("नमस्ते", 3),
        ("각", 1),
        ("日本語", 3),
        ("a\r\nb", 3),
    ],
)
def test_length_is_what_a_person_counts(text: str, seen: int) -> None:
    assert length(text) == seen


@given(st.one_of(SEEN, st.text()))
def test_a_text_in_which_nothing_joins_is_counted_as_any_other(text: str) -> None:
    assert length(text) == len(regex.findall(r"\X", text.strip()))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (FAMILY * 40_000, 40_000),
        ("🇫🇷" * 125_000, 125_000),  # ordinary `\X` takes minutes for these
        ("🇫🇷" * 125_000 + "🇫", 125_001),
        ("a" + "\u0301" * 500_000, 1),
        ("👩" + "\u200d👩" * 140_000, 1),
        ("x" * 1_000_000, 1_000_000),
    ],
)
def test_a_megabyte_takes_no_longer_than_its_size(text: str, seen: int) -> None:
    began = time.process_time()
    assert length(text) == seen
    assert time.process_time() - began < 2


@given(SEEN, st.integers(0, 20))
def test_a_cut_is_a_beginning_of_so_many_characters(text: str, n: int) -> None:
    kept = cut(text, n)
    assert text.strip().startswith(kept)
    assert length(kept) <= n
    assert length(text) > n or kept == text.strip()


@given(st.text("aé한क्🇫🇷\u0301\u200d👩🏽"), st.integers(1, 40))
def test_what_fits_into_a_column_ends_with_a_whole_character(text: str, limit: int) -> None:
    kept = fit(text, limit)
    assert text.startswith(kept)
    assert len(kept) <= limit
    rest = text[len(kept) :]
    assert length(kept) + length(rest) == length(text) or length(kept) == 1


def test_one_character_longer_than_a_column_is_cut_all_the_same() -> None:
    assert len(fit("👩" + "\u200d👩" * 100, 50)) == 50
