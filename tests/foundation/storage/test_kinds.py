import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guichet.foundation.storage.kinds import UNKNOWN, sniff


def image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, kind)
    return out.getvalue()


def archive(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (image("PNG"), "x.txt", "image/png"),
        (image("JPEG"), "x", "image/jpeg"),
        (image("GIF"), "x.html", "image/gif"),
        (image("WEBP"), "x", "image/webp"),
        (image("AVIF"), "x", "image/avif"),
        (b"%PDF-1.7\n%\xe2\xe3", "x", "application/pdf"),
        (archive("a"), "x", "application/zip"),
        (gzip.compress(b"x", mtime=0), "x", "application/gzip"),
        (b"plain words", "x", "text/plain"),
        ("Grüße, 日本語".encode(), "x.md", "text/plain"),
        (b"\xef\xbb\xbfa;b\n1;2", "x.CSV", "text/csv"),
        (b'{"log": {}}', "x.har", "application/json"),
        (b"words that end in half a letter \xc3", "x", "text/plain"),
        (b"\x1b[31mcolours of a terminal", "x.log", "text/plain"),
    ],
)
def test_bytes_tell_what_a_file_is(head: bytes, name: str, kind: str) -> None:
    assert sniff(head, name) == kind


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"", "x.png"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "x.png"),
        (b"\xef\xbb\xbf \n<html>", "x.txt"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.svg"),
        (b"<?xml version='1.0'?>", "x.json"),
        (b"MZ\x90\x00\x03", "x.pdf"),
        (b"\x7fELF\x02\x01\x01", "x.png"),
        (b"text with a \0", "x.txt"),
        (b"\xff\xfea\0b\0", "x.txt"),
        (b"caf\xe9 au lait", "x.txt"),
        (b"\x00\x01\x02\x03", "x.png"),
    ],
)
def test_what_a_browser_could_run_and_what_is_unclear_is_unknown(head: bytes, name: str) -> None:
    assert sniff(head, name) == UNKNOWN


@given(st.binary(max_size=300), st.text(st.characters(exclude_categories=())))
def test_any_bytes_have_a_kind_that_no_browser_runs(head: bytes, name: str) -> None:
    kind = sniff(head, name)
    assert kind.isascii()
    assert not any(word in kind for word in ("html", "svg", "javascript"))
    assert kind in ("application/json", UNKNOWN) or "xml" not in kind
