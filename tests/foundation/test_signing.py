import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from guichet.foundation.signing import digest, mac, matches, token


def test_a_signature_fits_into_the_local_part_of_an_address() -> None:
    assert re.fullmatch(r"[a-z2-7]{32}", mac("reply", "42", "7"))
    assert mac("reply", "42", "7") == mac("reply", "42", "7")


def test_case_is_no_difference_as_mail_servers_change_it() -> None:
    assert matches("reply", mac("reply", "42").upper(), "42")


@pytest.mark.parametrize(
    "forge",
    [
        lambda: mac("other", "42", "7"),
        lambda: mac("reply", "427"),
        lambda: mac("reply", "4", "27"),
        lambda: mac("reply", "42", "7", ""),
        lambda: mac("reply", "42", "7")[:-1],
        lambda: mac("reply", "42", "7") + "=",
        lambda: mac("reply", "42", "7", length_bits=80),
        lambda: "",
        lambda: "\0",
        lambda: "\ud800",
        lambda: "ſ" * 32,
        lambda: "a" * 1_000_000,
    ],
)
def test_no_other_text_passes(forge: Callable[[], str]) -> None:
    assert matches("reply", mac("reply", "42", "7"), "42", "7")
    assert not matches("reply", forge(), "42", "7")


@given(st.lists(st.text(st.characters(codec="utf-8"))), st.lists(st.text(st.characters(codec="utf-8"))))
def test_only_the_same_parts_have_the_same_signature(some: list[str], others: list[str]) -> None:
    assert (mac("reply", *some) == mac("reply", *others)) == (some == others)


def test_another_secret_key_gives_another_signature(settings: Settings) -> None:
    before = mac("reply", "42")
    settings.SECRET_KEY = "another key, as long as one has to be: 0123456789012"
    assert not matches("reply", before, "42")


def test_tokens_are_random_and_stored_as_digests() -> None:
    tokens = {token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(re.fullmatch(r"[a-z2-7]{32}", each) for each in tokens)
    assert len({digest(each) for each in tokens}) == 1_000
    assert re.fullmatch(r"[0-9a-f]{64}", digest("\ud800"))
