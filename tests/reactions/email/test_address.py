"""An address that we did not give opens nothing."""

import random

import pytest
from pytest_django import Settings

from guichet.reactions.email.address import ReplyAddress, looks_like_one, read


def test_what_we_gave_is_read_again_in_any_case() -> None:
    given = ReplyAddress(4821, 17)
    assert read(str(given)) == given
    assert read(str(given).upper()) == given
    assert looks_like_one(str(given))
    assert len(str(given).partition("@")[0]) <= 64


def test_the_longest_local_part_is_within_the_rfc() -> None:
    assert len(str(ReplyAddress(10**14, 10**14)).partition("@")[0]) <= 64


@pytest.mark.parametrize("what", ["ticket", "person", "domain", "mac", "no mac", "empty mac", "padding"])
def test_a_changed_address_is_nobodys(what: str) -> None:
    local, _, domain = str(ReplyAddress(4821, 17)).partition("@")
    ticket, person, mac = local.removeprefix("reply+").split(".")
    changed = {
        "ticket": f"reply+4822.{person}.{mac}@{domain}",
        "person": f"reply+{ticket}.18.{mac}@{domain}",
        "domain": f"{local}@elsewhere.example",
        "mac": f"reply+{ticket}.{person}.{mac[:-1]}{'a' if mac[-1] != 'a' else 'e'}@{domain}",
        "no mac": f"reply+{ticket}.{person}@{domain}",
        "empty mac": f"reply+{ticket}.{person}.@{domain}",
        "padding": f"reply+0{ticket}.{person}.{mac}@{domain}",
    }[what]
    assert read(changed) is None


def test_ten_thousand_guesses_open_nothing() -> None:
    chance = random.Random(4821)
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    guesses = ("".join(chance.choices(letters, k=26)) for _guess in range(10_000))
    assert not any(read(f"reply+4821.17.{guess}@localhost") for guess in guesses)


def test_another_key_reads_nothing(settings: Settings) -> None:
    given = str(ReplyAddress(4821, 17))
    settings.SECRET_KEY = "x" * 50
    assert read(given) is None
