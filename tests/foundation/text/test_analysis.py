import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.foundation.text.analysis import LONGEST_WORD, MOST_TOKENS, excerpt, tokens
from guichet.foundation.text.graphemes import length


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The exports are failing", "en", ["export", "fail"]),
        ("L'abonnement a été annulé", "fr", ["abon", "annul"]),
        ("Die Häuser und die Größe", "de", ["haus", "gross"]),
        ("Las contraseñas olvidadas", "es", ["contrasen", "olvid"]),
        ("ﾛｸﾞｲﾝできません", "ja", ["ログ", "グイ", "イン", "ンで"]),
        ("つながらない", "ja", ["つな", "なが", "がら", "らな", "ない"]),
        ("請求を exports", "ja", ["請求", "求を", "export"]),
        ("Error 429 in the HAR", "en", ["error", "429", "har"]),
        ("ana@example.com", "en", ["ana@example.com", "ana", "exampl", "com"]),
        ("api.v2_items", "fr", ["api.v2_items", "api", "v2", "item"]),
        ("sign-in", "en", ["sign"]),
        ("İSTANBUL straße STRASSE", "en", ["istanbul", "strass", "strass"]),
        ("नमस्ते", "hi", ["नमस्ते"]),
        ("  …!? ", "en", []),
        ("", "xx", []),
    ],
)
def test_words_as_search_keeps_them(text: str, language: str, expected: list[str]) -> None:
    assert tokens(text, language) == expected


@pytest.mark.parametrize(
    ("asked", "written", "language"),
    [
        ("ABONNEMENTS", "abonnement", "fr"),
        ("deconnecte", "Déconnecté", "fr"),
        ("rechnung", "Rechnungen", "de"),
        ("ＡＰＩ", "api", "ja"),
        ("エラー", "ｴﾗｰ", "ja"),
        ("har", "HAR", "de"),
        ("saas", "SaaS", "en"),
    ],
)
def test_a_question_finds_the_word_however_it_was_written(asked: str, written: str, language: str) -> None:
    assert tokens(asked, language) == tokens(written, language) != []


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["en", "fr", "es", "de", "ja", "xx"]))
def test_tokens_can_be_stored_and_parted_by_blanks(text: str, language: str) -> None:
    for token in tokens(text, language):
        token.encode()
        assert token
        assert len(token) <= 3 * LONGEST_WORD
        assert not any(character.isspace() or character == "\0" for character in token)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "a." * 500_000,
        "日本" * 500_000,
        "a" + "\u0301\u0323" * 500_000,
        "ﷺ" * 300_000,
        "👩‍👩‍👧‍👦" * 40_000,
        "." * 1_000_000,
        "hello world " * 90_000,
    ],
)
def test_a_megabyte_is_bounded(text: str) -> None:
    began = time.process_time()
    found = tokens(text, "en")
    assert time.process_time() - began < 2
    assert len(found) <= MOST_TOKENS


@pytest.mark.parametrize(
    ("text", "n", "expected"),
    [
        ("short", 10, "short"),
        (" two\n lines ", 20, "two lines"),
        ("Hello wonderful world", 16, "Hello…"),
        ("Hello, wonderful world", 8, "Hello…"),
        ("x" * 100, 10, "x" * 9 + "…"),
        ("👩‍👩‍👧" * 10, 3, "👩‍👩‍👧👩‍👩‍👧…"),
    ],
)
def test_an_excerpt_ends_between_words(text: str, n: int, expected: str) -> None:
    assert excerpt(text, n) == expected
    assert length(excerpt(text, n)) <= n
