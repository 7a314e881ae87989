import email.message
import email.policy
from email.headerregistry import ContentDispositionHeader

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.foundation.storage.names import LONGEST, display_name, disposition

NAMES = st.text(st.characters(exclude_categories=())) | st.lists(
    st.sampled_from(
        [
            "..",
            "/",
            "\\",
            "\0",
            "\r\n",
            "\u202e",
            "\u200b",
            ".",
            '"',
            ";",
            "%41",
            "=",
            "'",
            "é",
            "日",
            "CON",
            "a",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("original", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("レポート（最終）.pdf", "レポート（最終）.pdf"),
        ("C:\\Users\\ana\\shot.png", "shot.png"),
        ("../../etc/passwd", "passwd"),
        ("..\u2215..\uff0fpasswd", "passwd"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("shell\u200b.php", "shell.php"),
        ("a\0b.txt", "ab.txt"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie: x.txt"),
        ("  trailing. . ", "trailing"),
        ("👩‍👩‍👧.png", "👩‍👩‍👧.png"),
        ("e\u0301.txt", "é.txt"),
        ("x" * 300 + ".png", "x" * 146 + ".png"),
        ("x." + "y" * 300, "x." + "y" * 148),
        *((nothing, "file") for nothing in ("", " ", ".", "..", "/", "a/", "\0", "\u202e", "\ud800", "...")),
    ],
)
def test_a_name_is_shown_without_what_could_mislead(original: str, shown: str) -> None:
    assert display_name(original) == shown


@given(NAMES)
def test_any_name_becomes_one_that_can_be_shown(original: str) -> None:
    shown = display_name(original)
    assert 1 <= len(shown) <= LONGEST
    assert not set(shown) & set("/\\\0\r\n\u202e\u202d\u2066\u200b\u200e\u200f")
    assert shown not in (".", "..")
    assert display_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("report.pdf", 'attachment; filename="report.pdf"'),
        ("50%41.txt", "attachment; filename=\"50_41.txt\"; filename*=UTF-8''50%2541.txt"),
        ('a"; x="b', "attachment; filename=\"a__ x__b\"; filename*=UTF-8''a%22%3B%20x%3D%22b"),
        ("é.txt", "attachment; filename=\"_.txt\"; filename*=UTF-8''%C3%A9.txt"),
        ("a\r\nX: y", "attachment; filename=\"a X_ y\"; filename*=UTF-8''a%20X%3A%20y"),
    ],
)
def test_a_header_offers_the_name(name: str, value: str) -> None:
    assert disposition("attachment", name) == value


@given(NAMES)
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    value = disposition("inline", name)
    assert value.isascii()
    assert value.isprintable()
    message = email.message.EmailMessage(policy=email.policy.HTTP)
    message["Content-Disposition"] = value
    header = message["Content-Disposition"]
    assert isinstance(header, ContentDispositionHeader)
    assert header.content_disposition == "inline"
    assert set(header.params) == {"filename"}
