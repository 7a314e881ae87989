"""The index finds what a reading of all words would find, newest first, on both databases alike."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guichet.domain.tickets.index import Question, Words, look_up, put

TOKENS = (
    "a",
    "ab",
    "abc",
    "abcd",
    "abcde",
    "abd",
    "e10",
    "e1000",
    "é",
    "請",
    "請求",
    "求書",
    "u@ab.cd",
    "ab.cd",
)
SCOPES = ("o1", "o12", "p1", "p12")

words = st.builds(
    Words,
    public=st.lists(st.sampled_from(TOKENS), max_size=4).map(tuple),
    notes=st.lists(st.sampled_from(TOKENS), max_size=2).map(tuple),
    scope=st.lists(st.sampled_from(SCOPES), max_size=2).map(tuple),
)
groups = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=2).map(tuple)
questions = st.builds(
    Question,
    alternatives=st.lists(groups, min_size=1, max_size=3).map(tuple),
    with_notes=st.booleans(),
    scope=st.none() | st.lists(st.sampled_from(SCOPES), min_size=1, max_size=2).map(tuple),
)


def answers(words: Words, question: Question, *, longer: bool) -> bool:
    said = {*words.public, *(words.notes if question.with_notes else ())}
    if question.scope is not None and not {*question.scope} & {*words.scope}:
        return False
    return any(
        {*group[:-1]} <= said
        and (group[-1] in said or (longer and any(word.startswith(group[-1]) for word in said)))
        for group in question.alternatives
    )


def read_through(kept: Mapping[int, Words], question: Question, *, longer: bool) -> list[int]:
    return [number for number in sorted(kept, reverse=True) if answers(kept[number], question, longer=longer)]


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(kept=st.dictionaries(st.integers(1, 10**9), words, max_size=6), question=questions)
def test_everything_that_answers_is_found_newest_first(kept: dict[int, Words], question: Question) -> None:
    for number, said in kept.items():
        put(number, said)
    try:
        assert look_up(question, limit=300) == read_through(kept, question, longer=True)
    finally:
        for number in kept:
            put(number, Words(public=(), notes=(), scope=()))


def asking(*group: str) -> Question:
    return Question(alternatives=(group,), with_notes=False, scope=None)


def say(number: int, *public: str) -> None:
    put(number, Words(public=public, notes=(), scope=()))


@pytest.mark.django_db
@pytest.mark.parametrize("beginning", ["w", "word", "words-of-one"])
def test_no_request_is_lost_where_very_many_words_begin_alike(beginning: str) -> None:
    for number in range(1, 121):
        say(number, f"words-of-one-{number}")
    assert look_up(asking(beginning), limit=300) == [*range(120, 0, -1)]


@pytest.mark.django_db
def test_whole_words_come_first_and_longer_ones_where_they_do_not_fill_the_answer() -> None:
    for number in range(1, 5):
        say(number, "export")
    say(5, "exporter")
    assert look_up(asking("export"), limit=4) == [4, 3, 2, 1]
    assert look_up(asking("export"), limit=5) == [5, 4, 3, 2, 1]


@pytest.mark.django_db
def test_what_is_indexed_anew_is_no_longer_found_by_its_old_words() -> None:
    say(1, "former")
    assert look_up(asking("former"), limit=300) == [1]
    say(1, "later")
    assert look_up(asking("former"), limit=300) == []
    assert look_up(asking("form"), limit=300) == []
    assert look_up(asking("late"), limit=300) == [1]
