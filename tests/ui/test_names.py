"""People's names in small."""

import pytest

from guichet.ui.formats import initials


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ada Lovelace", "AL"),
        ("ada", "A"),
        ("Ada King of Lovelace", "AL"),
        ("rose.requester@acme.example", "RR"),
        ("E\u0301mile Zola", "E\u0301Z"),
        ("田中 花子", "田"),
        ("田中　花子", "田"),
        ("田中花子", "田"),
        ("ヤマダ タロウ", "ヤ"),
        ("やまだ たろう", "や"),
        ("𠮷野 家子", "𠮷"),
        ("葛\U000e0100城 薫", "葛\U000e0100"),
        ("王 小明", "王"),
        ("김 민수", "김민"),
        ("Нина Петрова", "НП"),
        ("Aiko 田辺", "A田"),
        ("", "?"),
        ("@", "?"),
    ],
)
def test_a_name_in_small(name: str, short: str) -> None:
    assert initials(name) == short
