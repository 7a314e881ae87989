import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.foundation.text.folding import fold_email


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (" Ana.Lopez@Example.COM ", "ana.lopez@example.com"),
        ("a+tag@example.com", "a+tag@example.com"),
        ("o'hara@example.com", "o'hara@example.com"),
        ("ana@Exämple.de", "ana@xn--exmple-cua.de"),
        ("ana@XN--EXMPLE-CUA.de", "ana@xn--exmple-cua.de"),
        ("ana@faß.de", "ana@xn--fa-hia.de"),  # another domain than fass.de
        ("user@例え。テスト", "user@xn--r8jz45g.xn--zckzah"),
        ("Ｕｓｅｒ＠ｅｘａｍｐｌｅ．ｃｏｍ", "user@example.com"),  # typed on a Japanese keyboard
        ("root@localhost", "root@localhost"),
    ],
)
def test_one_mailbox_has_one_key(typed: str, key: str) -> None:
    assert fold_email(typed) == key
    assert fold_email(key) == key


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "@example.com",
        "ana@",
        "ana@example",
        "ana@example..com",
        "ana@.com",
        "ana@example.com.",
        "ana@-example.com",
        "ana@exa_mple.com",
        "ana@127.0.0.1",
        "ana@[127.0.0.1]",
        "a b@example.com",
        "a@b@example.com",
        ".ana@example.com",
        "a..b@example.com",
        '"ana"@example.com',
        "Ana <ana@example.com>",
        "ana@example.com, eve@example.com",
        "ana@example.com\nBcc: eve@example.com",
        "ana\0@example.com",
        "ana@exam\0ple.com",
        "ana@exa\ud800mple.com",
        "a\u202ena@example.com",
        "ana\u200b@example.com",
        "ıan@example.com",
        "İan@example.com",
        "\u212aate@example.com",  # the Kelvin sign: lower() makes it a k
        "аna@example.com",  # a Cyrillic letter
        "a" * 65 + "@example.com",
        "a@" + "b" * 64 + ".com",
        "a@" + "ü" * 200 + ".com",
        "a@" + "b." * 200 + "com",
        "a" * 1_000_000,
        "@" * 1_000_000,
    ],
)
def test_what_is_no_address_or_looks_like_another_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"address|domain|@"):
        fold_email(typed)


@given(st.text(st.characters(exclude_categories=()), max_size=80) | st.emails())
def test_a_key_is_ascii_and_its_own_key_or_there_is_none(typed: str) -> None:
    try:
        key = fold_email(typed)
    except ValueError:
        return
    assert key.isascii()
    assert key == key.lower()
    assert fold_email(key) == key
