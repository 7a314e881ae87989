"""Whatever is sent to this door, it answers; and never with a fault of its own."""

import json

import pytest
from django.test import Client

from tests.world import World

from .conftest import Enter

NASTY = {
    "empty": "",
    "blank": " ",
    "zero": "0",
    "nothing": "null",
    "NUL": "a\x00b",
    "surrogate": "\ud800",
    "bidi": "\u202e000000",
    "other digits": "٠١٢٣٤٥",
    "long": "x" * 1_000_000,
    "deep": "[" * 100_000,
    "number": "1e999999",
}
CREDENTIALS = [
    [],
    {},
    {"response": []},
    {"response": {"userHandle": None}},
    {"response": {"userHandle": "%%%"}},
    {"response": {"userHandle": "enp6enp6enp6enp6eg"}},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {}},
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {
            "clientDataJSON": "e30",
            "authenticatorData": "AA",
            "signature": "AA",
            "userHandle": "MQ",
        },
        "clientExtensionResults": {},
    },
    {
        "id": "AA",
        "rawId": "AA",
        "type": "public-key",
        "response": {"clientDataJSON": "W10", "attestationObject": "oQ"},
        "clientExtensionResults": [],
    },
    {"id": "x" * 30_000},
]


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_strangers_forms(world: World, value: str) -> None:
    value = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for path, field in (
        ("/account/login/", "email"),
        ("/account/login/password/", "login"),
        ("/account/login/passkey/", "credential"),
    ):
        answer = Client().post(path, {field: value, "password": value, "next": value})
        assert answer.status_code in (200, 302, 413), path
        assert "_auth_user_id" not in answer.wsgi_request.session


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_codes(world: World, value: str) -> None:
    value = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for address in ("rose@acme.example", "nobody@acme.example"):
        browser = Client()
        browser.post("/account/login/", {"email": address})
        for data in ({"code": value}, {"code": [value, value]}, {}):
            answer = browser.post("/account/login/code/", data)
            assert answer.status_code in (200, 302)
            assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("value", NASTY.values(), ids=NASTY)
def test_forms_of_people(enter: Enter, value: str) -> None:
    value = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    browser = enter("requester")
    for path, field in (
        ("/account/app/", "code"),
        ("/account/passkeys/new/", "credential"),
        ("/account/proof/code/", "code"),
        ("/account/password/", "password1"),
    ):
        assert browser.post(path, {field: value, "name": value}).status_code in (200, 302, 422), path


@pytest.mark.parametrize("credential", CREDENTIALS, ids=range(len(CREDENTIALS)))
def test_passkeys(enter: Enter, credential: object) -> None:
    sent = json.dumps(credential)
    stranger = Client()
    options = stranger.get("/account/login/passkey/", headers={"accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    assert stranger.post("/account/login/passkey/", {"credential": sent})["Location"] == "/account/login/"
    assert "_auth_user_id" not in stranger.session
    person = enter("requester")
    assert person.get("/account/passkeys/new/").status_code == 200
    assert person.post("/account/passkeys/new/", {"credential": sent}).status_code == 200


@pytest.mark.parametrize("body", [b"\xff\xfe", b"email=%ff%fe&email", b"=" * 100_000, b"&" * 10_000])
def test_bytes_that_are_no_form(world: World, body: bytes) -> None:
    answer = Client().post("/account/login/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 400)
