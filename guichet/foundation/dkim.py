"""Signatures of mails by the domain they come from (DKIM: RFC 6376, RFC 8301, and RFC 8463 for Ed25519)."""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

FEWEST_BITS, MOST_BITS = 2048, 4096  # RFC 8301 section 3.2
# What its reader sees of a mail, what threads it, and what RFC 8058 wants signed.
SIGNED = (
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "auto-submitted",
)
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:(.*(?:\r\n[ \t].*)*)\r\n")
_BLANKS = re.compile(rb"[ \t]+")

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and the selector under which its public half stands in DNS."""

    selector: str
    key: Ed25519PrivateKey | RSAPrivateKey = field(repr=False)

    @property
    def algorithm(self) -> str:
        return "ed25519-sha256" if isinstance(self.key, Ed25519PrivateKey) else "rsa-sha256"

    def field_for(self, mail: bytes, *, domain: str, at: int) -> str:
        """The value of the DKIM-Signature of a mail with CRLF at its lines; `at` in seconds of Unix.

        Each header counts once more than it is there, so that nobody adds another (RFC 6376 section 8.15).
        """
        headers, body = _parted(mail)
        present = [name for name, _said in headers]
        names = [name for name in SIGNED for _ in range(present.count(name.encode()) + 1)]
        unsigned = (
            f"v=1; a={self.algorithm}; c=relaxed/relaxed; d={domain}; s={self.selector}; t={at};"
            f" h={':'.join(names)}; bh={body_hash(body)}; b="
        )
        return unsigned + self.over(headers, names, unsigned)

    def over(self, headers: list[Header], names: list[str], unsigned: str) -> str:
        """The signature over these headers and its own field, which ends with an empty b= (section 3.7)."""
        data = _hashed(headers, names) + b"dkim-signature:" + _relaxed(unsigned.encode())
        if isinstance(self.key, Ed25519PrivateKey):
            return b64encode(self.key.sign(sha256(data).digest())).decode()
        return b64encode(self.key.sign(data, PKCS1v15(), SHA256())).decode()

    def record(self) -> str:
        """What the TXT record under <selector>._domainkey.<domain> says (section 3.6.1)."""
        public = self.key.public_key()
        if isinstance(self.key, Ed25519PrivateKey):
            given = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
            return f"v=DKIM1; k=ed25519; p={b64encode(given).decode()}"
        given = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={b64encode(given).decode()}"


def signer(selector: str, pem: bytes) -> Signer:
    """Raises ValueError, with a sentence, for a key that cannot sign."""
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:
        raise ValueError("is locked with a passphrase; give the key without one.") from None
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("is no private key in PEM; make one with `openssl genrsa 2048`.") from None
    if isinstance(key, RSAPrivateKey) and not FEWEST_BITS <= key.key_size <= MOST_BITS:
        raise ValueError(f"has {key.key_size} bits; receivers take {FEWEST_BITS} to {MOST_BITS}.")
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise ValueError("is of a kind that no receiver knows; use RSA or Ed25519.")  # noqa: TRY004  it is text
    return Signer(selector, key)


def body_hash(body: bytes) -> str:
    """Of a body in relaxed form (section 3.4.4)."""
    lines = [_BLANKS.sub(b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b64encode(sha256(b"".join(line + b"\r\n" for line in lines)).digest()).decode()


def _parted(mail: bytes) -> tuple[list[Header], bytes]:
    head, _blank, body = mail.partition(b"\r\n\r\n")
    return [(name.lower(), said) for name, said in _HEADER.findall(head + b"\r\n")], body


def _hashed(headers: list[Header], names: list[str]) -> bytes:
    """The named headers in relaxed form, the last of those with one name first (section 5.4.2)."""
    left: dict[bytes, list[bytes]] = {}
    for name, said in headers:
        left.setdefault(name, []).append(said)
    there = (name for name in (name.encode() for name in names) if left.get(name))
    return b"".join(name + b":" + _relaxed(left[name].pop()) + b"\r\n" for name in there)


def _relaxed(said: bytes) -> bytes:
    """Of a header (section 3.4.2)."""
    return _BLANKS.sub(b" ", said.replace(b"\r\n", b"")).strip(b" ")
