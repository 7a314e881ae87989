"""What nobody means to send: told in a sentence, with what was typed, and nothing half stored."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guichet.domain.tickets.models import Draft, Message, Ticket
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import fields, words
from tests.edges.portal.test_openings import GOOD
from tests.world import World

EMOJI = "👩‍🔬"
LONG_WORD = "a" * 10_000


@pytest.mark.requirement(73)
@pytest.mark.parametrize("description", ["", "a" * 9, " \t a b c \n ", EMOJI * 9, "a" * 5001, EMOJI * 5001])
def test_a_description_out_of_its_bounds_is_refused_and_kept(
    world: World, enter: Enter, description: str
) -> None:
    answer = enter("requester").post("/requests/new/", {**GOOD, "description": description})
    assert answer.status_code == 422
    assert fields(answer)["description"].strip() == description.strip()
    assert not Ticket.objects.exists()


@pytest.mark.requirement(73)
@pytest.mark.parametrize("description", ["a" * 10, EMOJI * 10, EMOJI * 5000, f"  {'a' * 5000}  "])
def test_a_description_at_its_bounds_is_taken(world: World, enter: Enter, description: str) -> None:
    assert enter("requester").post("/requests/new/", {**GOOD, "description": description}).status_code == 302


@pytest.mark.parametrize(
    "text",
    [
        "ten chars \0 and a NUL",
        "lone \ud800 surrogate, as far as a browser can send one",
        "\u202egnihtyreve sesrever sihT",
        "\u2066isolated\u2069 and \ufeff marked",
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
        "{{ 7 * 7 }} {% raw %} %(name)s {0} ${x}",
        "z̡̢̧͎͔" * 50 + " zalgo",
        "' OR 1=1; --",
        "عربي وعبري עברית mixed with English",
    ],
)
def test_strange_text_is_taken_shown_as_text_and_breaks_nothing(
    world: World, enter: Enter, text: str
) -> None:
    browser = enter("requester")
    sent = browser.post(
        "/requests/new/",
        # As a browser would: what is no UTF-8 becomes a question mark in a box.
        {**GOOD, "subject": _sendable(text[:100]), "description": _sendable(text)},
    )
    assert sent.status_code == 302
    page = browser.get(f"/requests/{Ticket.objects.get().pk}/").content.decode()
    assert "\u202e" not in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert browser.get("/requests/").status_code == 200


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def test_a_word_of_ten_thousand_letters(world: World, enter: Enter) -> None:
    browser = enter("requester")
    answer = browser.post("/requests/new/", {**GOOD, "subject": LONG_WORD, "description": LONG_WORD})
    assert answer.status_code == 422
    kept = fields(answer)
    assert (kept["subject"], kept["description"]) == (LONG_WORD, LONG_WORD)
    assert "5000 characters too long" in words(answer)
    ticket = world.ticket()
    assert browser.post(f"/requests/{ticket.pk}/replies/", {"body": LONG_WORD}).status_code == 302
    assert browser.get(f"/requests/{ticket.pk}/").status_code == 200


def test_a_megabyte_of_emoji_is_refused_with_a_sentence(world: World, enter: Enter) -> None:
    emoji = "🙂" * 250_000
    browser = enter("requester")
    answer = browser.post("/requests/new/", {**GOOD, "description": emoji})
    assert answer.status_code == 422
    assert "245000 characters too long" in words(answer)
    form = "application/x-www-form-urlencoded"
    coded = browser.post("/requests/new/", "description=" + "%F0%9F%99%82" * 250_000, content_type=form)
    assert (coded.status_code, fields(coded)["description"]) == (422, emoji)
    huge = browser.post("/requests/new/", "description=" + "%F0%9F%99%82" * 500_000, content_type=form)
    assert huge.status_code == 413
    assert "larger than we can take" in words(huge)
    assert not Ticket.objects.exists()


def test_far_too_many_files_are_told_to_be_so_and_the_words_stay(world: World, enter: Enter) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"words") for number in range(60)]
    answer = enter("requester").post("/requests/new/", {**GOOD, "files": files})
    assert answer.status_code == 422
    assert "At most 3 files can be sent at once." in words(answer)
    assert fields(answer)["description"] == GOOD["description"]
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "field",
    [
        {"category": "absent"},
        {"category": ["technical", "\0"]},
        {"organisation": "9" * 40},
        {"organisation": "١"},
        {"client_key": "no key"},
        {"client_key": "0" * 5000},
        {"attachments": "no-uuid " * 500},
        {"attachments": "00000000-0000-0000-0000-000000000000"},
        {"answer-page": "javascript:alert(1)"},
        {"answer-absent": "x"},
        {"then": "\0"},
        {"state": "closed", "requester": "1", "team": "1", "assignee": "1", "id": "1", "number": "1"},
    ],
)
def test_wrong_and_surplus_fields_never_break_and_never_pass(
    world: World, enter: Enter, field: dict[str, Any]
) -> None:
    answer = enter("requester").post("/requests/new/", {**GOOD, **field})
    assert answer.status_code in (302, 403, 422)
    if answer.status_code == 302:
        ticket = Ticket.objects.get()
        assert (ticket.requester, ticket.state) == (world.person("requester"), "new")
        assert (ticket.team, ticket.assignee) == (None, None)
        assert set(ticket.answers) == {"page"}


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 400, "-1", "abc", "1%00", "%F0%9F"])
def test_numbers_that_are_none_are_not_there(world: World, enter: Enter, number: str) -> None:
    assert enter("requester").get(f"/requests/{number}/").status_code == 404


NONSENSE = [
    *("at=%00", "at=>1-1", "at=<99999999999999999-1", "at=" + "x" * 500, "person=%00", "person=" + "9" * 30),
    *(
        "status=absent",
        "scope=absent",
        "order=absent",
        "q=%00",
        "q=" + "a" * 5000,
        "q=%F0%9F",
        "category=%00",
    ),
]


@pytest.mark.parametrize("query", NONSENSE)
def test_addresses_with_nonsense_still_answer(world: World, enter: Enter, query: str) -> None:
    world.ticket("administrator")
    browser = enter("administrator")
    for page in ("/", "/requests/", "/requests/new/"):
        assert browser.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize("body", ["", "   \n\t ", "\u200b\u200b", "\0\0", "\u202e"])
def test_an_empty_answer_is_asked_for_words(world: World, enter: Enter, body: str) -> None:
    ticket = world.ticket()
    answer = enter("requester").post(f"/requests/{ticket.pk}/replies/", {"body": body, "then": "close"})
    assert answer.status_code == 422
    assert "Please write something first." in words(answer)
    ticket.refresh_from_db()
    assert (Message.objects.count(), ticket.state) == (1, "new")


def test_an_answer_beyond_its_bounds_is_kept(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    answer = enter("requester").post(f"/requests/{ticket.pk}/replies/", {"body": "a" * 20_001})
    assert answer.status_code == 422
    assert fields(answer)["body"] == "a" * 20_001


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[1]",
        b"{}",
        b'{"subject": 1}',
        b'{"subject": null}',
        b'{"subject": {"a": "b"}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"subject": "\\ud800"}',
        b'{"subject": "\\u0000"}',
        b'{"\\u0000": "x", "__proto__": "x", "csrfmiddlewaretoken": "x"}',
        json.dumps({f"f{n}": "x" for n in range(500)}).encode(),
    ],
)
def test_a_draft_that_is_none_is_refused_or_cleaned(world: World, enter: Enter, body: bytes) -> None:
    answer = enter("requester").put("/drafts/new/", body, content_type="application/json")
    assert answer.status_code in (204, 422)
    for draft in Draft.objects.all():
        assert all(name.isidentifier() and text.isprintable() for name, text in draft.fields.items())
        assert "csrfmiddlewaretoken" not in draft.fields
