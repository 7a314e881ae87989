"""Signatures are those of the standard, to the letter, and keys that cannot sign are told so."""

from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from guichet.foundation import dkim

# RFC 8463, appendix A
KEY = ed25519.Ed25519PrivateKey.from_private_bytes(b64decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="))
MAIL = b"""\
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
""".replace(b"\n", b"\r\n")
UNSIGNED = (
    "v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n"
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : from : subject :"
    " date;\r\n bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b="
)


def test_the_example_of_the_standard_comes_out() -> None:
    signer = dkim.Signer("brisbane", KEY)
    headers, body = dkim._parted(MAIL)
    assert dkim.body_hash(body) == "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
    names = ["from", "to", "subject", "date", "message-id", "from", "subject", "date"]
    assert signer.over(headers, names, UNSIGNED) == (
        "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
    )
    assert signer.record() == "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="


@pytest.mark.parametrize(
    ("body", "relaxed"),
    [
        (b"", b""),
        (b"\r\n\r\n", b""),
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),  # RFC 6376 section 3.4.5
        (b"no end", b"no end\r\n"),
    ],
)
def test_a_body_is_relaxed_before_it_is_hashed(body: bytes, relaxed: bytes) -> None:
    assert dkim.body_hash(body) == b64encode(sha256(relaxed).digest()).decode()


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, passphrase: bytes = b"") -> bytes:
    lock = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


@pytest.mark.parametrize(
    ("pem", "said"),
    [
        (b"nonsense", "is no private key"),
        (_pem(rsa.generate_private_key(65537, 1024)), "has 1024 bits"),  # noqa: S505  refused
        (_pem(ec.generate_private_key(ec.SECP256R1())), "no receiver knows"),
        (_pem(ec.generate_private_key(ec.SECP256R1()), b"secret"), "locked with a passphrase"),
    ],
)
def test_a_key_that_cannot_sign_is_told_so(pem: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        dkim.signer("guichet", pem)
