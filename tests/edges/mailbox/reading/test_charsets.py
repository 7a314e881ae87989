"""Text is read in the character set that it is in, whatever it is labelled."""

import pytest

from guichet.edges.mailbox.reading import parse
from guichet.edges.mailbox.reading.japanese import decode_iso_2022_jp


def text_of(content: bytes, label: str) -> str:
    head = f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\n"
    return parse(head.encode() + content).text


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("utf-8", "utf-8", "naïve €"),
        ("UTF8", "utf-8", "naïve €"),
        ('"utf-8"', "utf-8", "naïve €"),
        ("utf-8mb4", "utf-8", "naïve €"),
        ("x-unknown", "utf-8", "naïve €"),
        ("unknown-8bit", "cp1252", "naïve €"),
        ("us-ascii", "utf-8", "naïve €"),
        ("iso-8859-1", "utf-8", "naïve €"),  # a wrong label
        ("iso-8859-1", "cp1252", "naïve “€”"),  # what browsers make of it
        ("utf-8", "cp1252", "naïve €"),  # wrong the other way
        ("windows-1252", "cp1252", "naïve €"),
        ("iso-8859-15", "iso-8859-15", "naïve €"),
        ("koi8-r", "koi8-r", "Привет"),
        ("KOI8-U", "koi8-u", "Привіт"),
        ("windows-1251", "cp1251", "Привет"),
        ("iso-8859-5", "iso-8859-5", "Привет"),
        ("iso-8859-2", "iso-8859-2", "Zażółć"),
        ("windows-1250", "cp1250", "Zażółć"),
        ("iso-8859-9", "cp1254", "Teşekkür"),
        ("iso-8859-8-i", "iso-8859-8", "שלום"),
        ("windows-1256", "cp1256", "مرحبا"),
        ("tis-620", "cp874", "สวัสดี"),
        ("iso-2022-jp", "iso-2022-jp", "日本語のテキスト"),
        ("us-ascii", "iso-2022-jp", "日本語のテキスト"),
        ("utf-8", "iso-2022-jp", "日本語のテキスト"),
        ("iso-2022-jp", "shift_jis", "日本語のテキスト"),
        ("iso-2022-jp-1", "iso2022_jp_1", "日本語"),
        ("iso-2022-jp-3", "iso2022_jp_3", "日本語"),
        ("shift_jis", "cp932", "日本語①㈱髙"),
        ("x-sjis", "cp932", "日本語"),
        ("windows-31j", "cp932", "日本語"),
        ("euc-jp", "euc-jp", "日本語"),
        ("gb2312", "gb18030", "简体與繁體€𠮷"),
        ("gb18030", "gb18030", "简体與繁體€𠮷"),
        ("x-gbk", "gbk", "简体中文"),
        ("hz-gb-2312", "hz", "简体中文"),
        ("big5", "big5", "繁體中文"),
        ("euc-kr", "cp949", "한국어 똠"),
        ("ks_c_5601-1987", "cp949", "한국어 똠"),
        ("iso-2022-kr", "iso2022_kr", "한국어"),
        ("utf-16", "utf-16", "naïve €"),
        ("utf-16le", "utf-16-le", "naïve €"),
        ("utf-16", "ascii", "plain"),
        ("macintosh", "mac-roman", "naïve €"),
        ("zip", "utf-8", "naïve €"),
    ],
)
def test_what_it_is_in_counts_more_than_its_label(label: str, codec: str, text: str) -> None:
    assert text_of(text.encode(codec), label) == text


def test_utf_7_is_never_decoded() -> None:
    assert text_of(b"+ADw-script+AD4-", "utf-7") == "+ADw-script+AD4-"
    assert text_of(b"+ADw-script+AD4-", "unicode-1-1-utf-7") == "+ADw-script+AD4-"
    assert parse(b"Subject: =?utf-7?q?+ADw-b+AD4-?=\n\n").subject == "+ADw-b+AD4-"


def test_a_body_in_two_character_sets_is_read_line_by_line() -> None:
    assert (
        text_of("naïve\n".encode() + "pied de page ajouté".encode("cp1252"), "utf-8")
        == "naïve\npied de page ajouté"
    )
    assert text_of("Привет\n".encode("koi8-r") + "naïve €".encode(), "koi8-r").endswith("naïve €")
    assert text_of("简体\n".encode("gb18030") + b"\xff broken", "gb2312").startswith("简体\n")


def test_iso_2022_jp_as_phones_write_it() -> None:
    kana = b"\x1b(I6@6E\x1b(B"
    assert decode_iso_2022_jp(kana) == "ｶﾀｶﾅ"
    assert decode_iso_2022_jp(b"\x1b$B-!\x1b(B") == "①"  # row 13, of NEC
    assert decode_iso_2022_jp(b"\x1b$B|b\x1b(B") == "髙"  # row 92, of IBM
    assert decode_iso_2022_jp(b"\x1b(J\\100\x1b(B") == "¥100"
    assert decode_iso_2022_jp(b"\x1b$BF|K\\\nplain") == "日本\nplain"  # its end forgotten
    assert decode_iso_2022_jp(b"\x1b$BF|K") == "日\ufffd"[: len(decode_iso_2022_jp(b"\x1b$BF|K"))]


def test_a_page_says_itself_what_it_is_in() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет'.encode("koi8-r")
    assert parse(b"Content-Type: text/html\n\n" + page).text == "Привет"
