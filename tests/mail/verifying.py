"""Checks a DKIM signature as a receiver does (RFC 6376 section 6.1). It shares no code with what signs."""

import hashlib
import re
from base64 import b64decode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key


def is_signed(mail: bytes, records: dict[str, str]) -> bool:
    """Whether its one signature holds; `records` are the TXT records, by name with the dot at the end."""
    head, body = mail.split(b"\r\n\r\n", 1)
    lines = re.sub(rb"\r\n(?=[ \t])", b"", head).split(b"\r\n")
    fields = [(line.split(b":", 1)[0].decode().lower(), line.split(b":", 1)[1]) for line in lines]
    (told,) = [said for name, said in fields if name == "dkim-signature"]
    tags = _tags(told.decode())
    record = _tags(records[f"{tags['s']}._domainkey.{tags['d']}."])
    if b64decode(tags["bh"]) != hashlib.sha256(_body(body)).digest():
        return False
    unread, data = list(fields), b""
    for name in tags["h"].split(":"):
        for at in range(len(unread) - 1, -1, -1):
            if unread[at][0] == name:
                data += f"{name}:".encode() + _squeezed(unread.pop(at)[1]) + b"\r\n"
                break
    data += b"dkim-signature:" + _squeezed(re.sub(rb"\bb=[^;]*$", b"b=", told))
    return _holds(record, b64decode(tags["b"]), data)


def _tags(said: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in said.split(";"))
    return {name.strip(): "".join(value.split()) for name, _, value in pairs}


def _squeezed(said: bytes) -> bytes:
    return b" ".join(said.split())


def _body(body: bytes) -> bytes:
    text = re.sub(rb"[ \t]+\r\n", b"\r\n", body)
    text = re.sub(rb"[ \t]+", b" ", text)
    text = re.sub(rb"(\r\n)+\Z", b"", text)
    return text + b"\r\n" if text else b""


def _holds(record: dict[str, str], signature: bytes, data: bytes) -> bool:
    key = b64decode(record["p"])
    try:
        if record["k"] == "ed25519":
            Ed25519PublicKey.from_public_bytes(key).verify(signature, hashlib.sha256(data).digest())
        else:
            public = load_der_public_key(key)
            assert isinstance(public, RSAPublicKey)
            public.verify(signature, data, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True
