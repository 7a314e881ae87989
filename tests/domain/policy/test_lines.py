"""The scanner finds the line of every key, however TOML lets it be written."""

import tomllib

from guichet.domain.policy.reading.lines import lines_of

EVERYTHING = '''\
# a comment with = and [brackets]
title = "one"  # and another
a.b."c d" = 1
'quoted key' = 'x = [1]'
[table.sub]
long = """
[not.a.table]
not = "a key"
quotes "" inside ""\\""""
plain = \'\'\'
[neither]
\'\'\'
when = 1979-05-27 07:32:00
[[list]]
key = "first"
inline = { a = 1, b.c = [1, 2], d = { e = "}" } }
[[list.inner]]
x = 1
[[list.inner]]
x = 2
[list.extra]
y = 1.5
[[list]]
key = "second"
array = [
    "a",  # ]

    ["b",
     "c"],
    { z = 1 },
]
[after]
last = true
'''


def test_every_key_and_element_has_its_line() -> None:
    tomllib.loads(EVERYTHING)
    assert lines_of(EVERYTHING).known == {
        ("title",): 2,
        ("a",): 3,
        ("a", "b"): 3,
        ("a", "b", "c d"): 3,
        ("quoted key",): 4,
        ("table", "sub"): 5,
        ("table", "sub", "long"): 6,
        ("table", "sub", "plain"): 10,
        ("table", "sub", "when"): 13,
        ("list",): 14,
        ("list", 0): 14,
        ("list", 0, "key"): 15,
        ("list", 0, "inline"): 16,
        ("list", 0, "inline", "a"): 16,
        ("list", 0, "inline", "b"): 16,
        ("list", 0, "inline", "b", "c"): 16,
        ("list", 0, "inline", "b", "c", 0): 16,
        ("list", 0, "inline", "b", "c", 1): 16,
        ("list", 0, "inline", "d"): 16,
        ("list", 0, "inline", "d", "e"): 16,
        ("list", 0, "inner"): 17,
        ("list", 0, "inner", 0): 17,
        ("list", 0, "inner", 0, "x"): 18,
        ("list", 0, "inner", 1): 19,
        ("list", 0, "inner", 1, "x"): 20,
        ("list", 0, "extra"): 21,
        ("list", 0, "extra", "y"): 22,
        ("list", 1): 23,
        ("list", 1, "key"): 24,
        ("list", 1, "array"): 25,
        ("list", 1, "array", 0): 26,
        ("list", 1, "array", 1): 28,
        ("list", 1, "array", 1, 0): 28,
        ("list", 1, "array", 1, 1): 29,
        ("list", 1, "array", 2): 30,
        ("list", 1, "array", 2, "z"): 30,
        ("after",): 32,
        ("after", "last"): 33,
    }


def test_windows_line_ends_count_once() -> None:
    assert lines_of("a = 1\r\nb = 2\r\n").of(("b",)) == 2


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    lines = lines_of("\n[vendor]\nname = 'x'\n")
    assert lines.of(("vendor", "accent")) == 2
    assert lines.of(("categories",)) == 1
