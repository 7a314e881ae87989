"""The key that signs mails is read from outside, or refused with a sentence, and its record is printed."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_django import Settings

from guichet.foundation.dkim import signer
from guichet.project.cli import guichet
from guichet.project.env import Environment
from guichet.project.signatures import signer_in
from tests.world import build

PEM = rsa.generate_private_key(65537, 2048).private_bytes(
    Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
)


@pytest.fixture
def kept(tmp_path: Path) -> str:
    (tmp_path / "key.pem").write_bytes(PEM)
    return str(tmp_path / "key.pem")


def test_without_it_nothing_is_signed() -> None:
    assert signer_in(Environment({})) is None


def test_the_key_comes_from_a_file_or_a_variable(kept: str) -> None:
    by_file = {"GUICHET_DKIM_SELECTOR": "desk", "GUICHET_DKIM_KEY_FILE": kept}
    written = {"GUICHET_DKIM_SELECTOR": "desk", "GUICHET_DKIM_KEY": PEM.decode().replace("\n", "\\n")}
    for variables in (by_file, written):
        env = Environment(variables)
        made = signer_in(env)
        assert env.mistakes == []
        assert made is not None
        assert (made.selector, made.record()) == ("desk", signer("desk", PEM).record())
        env.refuse_mistakes()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SELECTOR": "desk"}, "belong together"),
        ({"KEY": PEM.decode()}, "belong together"),
        ({"SELECTOR": "a b", "KEY": PEM.decode()}, "GUICHET_DKIM_SELECTOR is “a b”"),
        ({"SELECTOR": "desk", "KEY": "x"}, "GUICHET_DKIM_KEY is no private key in PEM"),
        ({"SELECTOR": "desk", "KEY_FILE": "/nowhere"}, "GUICHET_DKIM_KEY_FILE cannot be read: No such file"),
    ],
)
def test_what_cannot_sign_stops_the_start(given: dict[str, str], said: str) -> None:
    env = Environment({f"GUICHET_DKIM_{name}": value for name, value in given.items()})
    signer_in(env)
    (mistake,) = env.mistakes
    assert said in mistake


def test_a_provider_signs_itself(kept: str) -> None:
    given = {"GUICHET_DKIM_SELECTOR": "desk", "GUICHET_DKIM_KEY_FILE": kept}
    env = Environment({**given, "GUICHET_MAIL_URL": "anymail+resend://?api_key=key"})
    signer_in(env)
    (mistake,) = env.mistakes
    assert "your provider signs itself" in mistake


@pytest.mark.django_db
def test_the_record_is_printed_for_each_domain(settings: Settings) -> None:
    build()
    settings.GUICHET_MAIL_FROM = "Support@Vendor.Example"
    settings.GUICHET_DKIM = made = signer("desk", PEM)
    told = CliRunner().invoke(guichet, ["mail", "dkim"]).output
    (line,) = told.splitlines()
    assert line.startswith("desk._domainkey.vendor.example. IN TXT ( ")
    strings = re.findall('"([^"]*)"', line)
    assert "".join(strings) == made.record()
    assert max(map(len, strings)) <= 255
    settings.GUICHET_DKIM = None
    assert "Nothing is signed" in CliRunner().invoke(guichet, ["mail", "dkim"]).output


@pytest.mark.django_db
def test_check_says_who_signs(settings: Settings) -> None:
    settings.GUICHET_DKIM = signer("desk", PEM)
    assert "signature of mails: rsa-sha256, under desk" in CliRunner().invoke(guichet, ["check"]).output
