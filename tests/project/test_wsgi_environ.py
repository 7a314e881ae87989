"""What Django is told of a request: read as UTF-8, whatever the request says of itself."""

import io
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from guichet.project.wsgi_environ import environ_of

CODECS = [
    *("hex", "zip", "rot13", "base64", "undefined", "idna", "punycode", "utf-7", "utf-16", "nonsense"),
    *("unicode_escape", "raw_unicode_escape", "cp037", "\xff", "x" * 5000),
]
WAYS = [
    "charset={}",
    'Charset="{}"',
    "charset*=utf-8''{}",
    "CHARSET*0=; charset*1={}",
    "x*={}''y",
    "x; charset={};",
]
SAID = "Café \\ud800 +ADw- 🙂"


def request_of(content_type: str, body: bytes = b"", query: str = "") -> HttpRequest:
    scope: Any = {
        "method": "POST",
        "raw_path": b"/requests/",
        "path": "/requests/",
        "query_string": query.encode(),
        "headers": [(b"content-type", content_type.encode("latin-1"))],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("localhost", 8000),
        "client": ("127.0.0.1", 5000),
    }
    return WSGIRequest(environ_of(scope, io.BytesIO(body)))


@pytest.mark.parametrize("codec", CODECS, ids=range(len(CODECS)))
@pytest.mark.parametrize("way", WAYS)
def test_forms_and_addresses_are_utf8_whatever_they_say(way: str, codec: str) -> None:
    said = way.format(codec)
    body = f'--B\r\nContent-Disposition: form-data; name="words"\r\n\r\n{SAID}\r\n--B--\r\n'.encode()
    form = request_of(f"multipart/form-data; {said}; boundary=B", body, "q=caf%C3%A9")
    assert (form.POST["words"], form.GET["q"]) == (SAID, "café")
    form = request_of(f"application/x-www-form-urlencoded; {said}", b"words=caf%C3%A9")
    assert form.POST["words"] == "café"


@pytest.mark.parametrize(
    "sent", ["", ";", "garbage", "\xff/\xff", "a/b;" * 1000, "/", "text/plain;;;=;", "\x0b"]
)
def test_what_is_no_kind_of_content_is_none(sent: str) -> None:
    request = request_of(sent, b"words=caf%C3%A9", "q=caf%C3%A9")
    assert (dict(request.POST), request.GET["q"]) == ({}, "café")


@pytest.mark.parametrize(
    "boundary", ["----WebKitFormBoundaryAbC123", "-----------------------------9051914041544843365972754266"]
)
def test_the_boundaries_of_browsers_arrive(boundary: str) -> None:
    body = f'--{boundary}\r\nContent-Disposition: form-data; name="words"\r\n\r\nyes\r\n--{boundary}--\r\n'
    for said in (f"multipart/form-data; boundary={boundary}", f'multipart/form-data;boundary="{boundary}"'):
        assert request_of(said, body.encode()).POST["words"] == "yes"
