"""What a person reads when something cannot be done: what happened, what was kept, what next."""

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils.translation import override

from guichet.edges import errors
from guichet.edges.typed import typed_text
from guichet.foundation.refusals import Conflict, Invalid, NotAllowed, OutOfReach, Refusal
from tests.world import World, build

LETTER = "Since this morning the export stays empty.\n\nDetails <b>follow</b>."


@pytest.fixture
def world(db: None) -> World:
    return build()


def posted(**fields: str) -> HttpRequest:
    request = RequestFactory().post("/requests/new/", fields)
    request.actor = None  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotAllowed("Only agents may do this."), 403),
        (OutOfReach(), 404),
        (Conflict("It was closed meanwhile."), 409),
        (Invalid({"name": "Please give a name."}), 422),
    ],
)
def test_a_refusal_becomes_a_status_and_a_sentence(world: World, refusal: Refusal, status: int) -> None:
    answer = errors.refused(posted(), refusal)
    assert answer.status_code == status
    assert str(refusal) in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_script_gets_the_sentence_alone(world: World) -> None:
    request = posted()
    request.META["HTTP_HX_REQUEST"] = "true"
    answer = errors.refused(request, Conflict("It was closed meanwhile."))
    assert answer.status_code == 409
    assert "It was closed meanwhile." in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_absent_and_out_of_reach_read_the_same(world: World, client: Client) -> None:
    absent = client.get("/nothing/here/")
    request = RequestFactory().get("/nothing/here/")
    request.actor = None  # type: ignore[attr-defined]
    assert absent.status_code == 404
    assert "It does not exist, or it is not open to you." in absent.content.decode()
    assert (
        "It does not exist, or it is not open to you."
        in errors.refused(request, OutOfReach()).content.decode()
    )


def test_text_sent_after_a_session_ended_is_handed_back(world: World, client: Client) -> None:
    answer = client.post("/profile/", {"name": LETTER, "language": "fr", "password": "secret words here"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Your session has ended" in page
    assert "Since this morning the export stays empty." in page
    assert "Details &lt;b&gt;follow&lt;/b&gt;." in page
    assert "secret words here" not in page
    assert 'href="/account/login/"' in page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://testserver/requests/new/?category=other", "?next=/requests/new/%3Fcategory%3Dother"),
        ("http://testserver/requests/1001/", "?next=/requests/1001/"),
        ("https://evil.example/requests/new/", ""),
        ("http://testserver//evil.example/", ""),
        ("http://testserver/\\evil.example/", ""),
        ("http://[::", ""),
        ("", ""),
    ],
)
def test_signing_in_leads_back_to_the_form(world: World, client: Client, before: str, after: str) -> None:
    answer = client.post("/requests/new/", {"description": LETTER}, headers={"referer": before})
    assert f'href="/account/login/{after}"' in answer.content.decode()


def test_a_script_that_is_signed_out_is_told_so(world: World, client: Client) -> None:
    answer = client.get("/profile/", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "Your session has ended" in answer.content.decode()


def test_a_form_without_its_token_is_handed_back(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    typed = {"email": "rose@acme.example", "note": LETTER}
    answer = browser.post("/account/login/", typed, headers={"referer": "http://testserver/profile/"})
    assert answer.status_code == 403
    assert 'href="/profile/"' in answer.content.decode()
    assert "Since this morning the export stays empty." in answer.content.decode()


def test_another_site_does_not_choose_our_words(world: World) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site"})
    answer = browser.post("/account/login/", {"note": LETTER})
    assert answer.status_code == 403
    assert "export" not in answer.content.decode()


def test_only_sentences_are_handed_back() -> None:
    text = typed_text(
        posted(
            subject="The export stays empty",
            description="朝から空です",
            category="technical",
            key="0b5c2f6e-8a44-4a8e-9c0e-1f3f1c2d3e4f",
            csrfmiddlewaretoken="x y",
            password1="teapot orbit velvet",
            code="123 456",
        )
    )
    assert text == "The export stays empty\n\n朝から空です"


def test_what_is_handed_back_has_bounds() -> None:
    fields = {f"field{number}": f"{number} " + "ab " * 100_000 for number in range(30)}
    assert len(typed_text(posted(**fields))) <= 10 * 20_002


def test_a_fault_of_ours_asks_nothing_of_what_may_be_broken(client: Client) -> None:
    # No database at all is allowed in this test.
    with override("en"):
        answer = errors.broken(posted(description=LETTER))
    assert answer.status_code == 500
    assert "Since this morning the export stays empty." in answer.content.decode()


def test_a_database_that_does_not_answer_is_said_to_be_busy() -> None:
    def out_of_time() -> None:
        raise OperationalError("timeout")

    try:
        out_of_time()
    except OperationalError:
        answer = errors.broken(posted())
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


def test_too_large_and_too_often(world: World, client: Client) -> None:
    answer = client.post("/account/login/", {"email": "x" * (4 * 2**20 + 1)})
    assert answer.status_code == 413
    assert "Nothing of it was saved." in answer.content.decode()
    assert errors.too_many(posted()).status_code == 429


@pytest.mark.parametrize(("status", "said"), [(413, "This is larger than we can take."), (503, "too much")])
def test_what_was_refused_on_the_way_is_told_in_words(
    world: World, client: Client, status: int, said: str
) -> None:
    client.force_login(world.people["requester"])
    as_the_bridge_says: Any = {"guichet.refused": status}
    answer = client.post("/requests/new/", **as_the_bridge_says)
    assert answer.status_code == status
    assert said.lower() in answer.content.decode().lower()


def test_an_address_for_forms_alone_says_so_to_whoever_opens_it(world: World, client: Client) -> None:
    client.force_login(world.people["requester"])
    answer = client.get(f"/requests/{world.ticket().pk}/replies/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "There is nothing to see at this address by itself." in answer.content.decode()
    assert 'href="/"' in answer.content.decode()
