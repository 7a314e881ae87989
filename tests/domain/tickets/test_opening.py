"""Opening a request: its bounds, its questions, and the one ticket that a double click makes."""

from uuid import uuid4

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Draft, Ticket
from guichet.foundation.refusals import Invalid, NotAllowed
from tests.world import NOON, World


def test_numbers_begin_at_1001(world: World) -> None:
    assert world.ticket().number > 1000


def test_a_double_click_opens_one_request(world: World) -> None:
    key = uuid4()
    first = world.ticket(client_key=key)
    assert world.ticket(client_key=key) == first
    assert Ticket.objects.count() == 1


@pytest.mark.requirement(73)
@pytest.mark.parametrize("description", ["a" * 9, "   a b c    ", "", "👨‍👩‍👧" * 9])
def test_a_description_below_ten_characters_is_refused(world: World, description: str) -> None:
    with pytest.raises(Invalid) as refused:
        world.ticket(description=description)
    assert set(refused.value.mistakes) == {"description"}
    assert Ticket.objects.count() == 0


@pytest.mark.requirement(73)
@pytest.mark.parametrize("description", ["a" * 10, "a" * 5000, "👨‍👩‍👧" * 10, "é" * 5000])
def test_characters_are_counted_as_people_count_them(world: World, description: str) -> None:
    assert world.ticket(description=description).pk


@pytest.mark.requirement(73)
def test_a_description_above_five_thousand_characters_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.ticket(description="a" * 5001)
    assert str(refused.value.mistakes["description"]) == "This is 1 character too long: the most is 5000."


@pytest.mark.parametrize("character", ["a", "é", "🇫🇷", "नि", "👨‍👩‍👧"])
def test_a_subject_of_150_characters_fits_in_any_script(world: World, character: str) -> None:
    ticket = world.ticket(subject=character * 150)
    ticket.refresh_from_db()
    assert ticket.subject == character * 150


@pytest.mark.parametrize(
    ("subject", "over"),
    [("a" * 151, "1 character"), ("a" * 10_000, "9850 characters"), ("🇫🇷" * 151, "1 character")],
)
def test_a_subject_is_never_cut_in_silence(world: World, subject: str, over: str) -> None:
    with pytest.raises(Invalid) as refused:
        world.ticket(subject=subject)
    assert str(refused.value.mistakes["subject"]) == f"This is {over} too long: the most is 150."


def test_a_character_made_of_a_thousand_is_no_subject(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.ticket(subject="👩\u200d" * 600 + "👩")
    assert set(refused.value.mistakes) == {"subject"}


def test_all_mistakes_are_told_at_once(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.ticket(category="billing", subject=" ", description="short", answers={"matter": "nonsense"})
    assert set(refused.value.mistakes) == {"subject", "description", "invoice", "matter"}


def test_only_the_categorys_own_questions_are_kept(world: World) -> None:
    ticket = world.ticket(answers={"page": "https://app.vendor.example/x", "role": "admin"})
    assert ticket.answers == {"page": "https://app.vendor.example/x"}


def test_a_page_that_is_no_address_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.ticket(answers={"page": "javascript:alert(1)"})
    assert set(refused.value.mistakes) == {"page"}


@pytest.mark.requirement(60)
def test_nobody_opens_a_request_for_a_company_that_is_not_theirs(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.ticket("stranger", organisation_id=world.organisations["acme"].pk)
    with pytest.raises(NotAllowed):
        world.ticket("requester", organisation_id=world.organisations["globex"].pk)


def test_the_draft_is_gone_once_the_request_is_open(world: World) -> None:
    requester = world.actor("requester")
    tickets.keep_draft("new", fields={"subject": "The exp"}, by=requester, at=NOON)
    world.ticket()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "text", ["a\0b" * 5, "\ud800 lone surrogate", "\u202eoverride the direction", "x" * 4990 + "\r\n" * 3]
)
def test_hostile_text_opens_a_request_or_is_refused_and_never_breaks(world: World, text: str) -> None:
    ticket = world.ticket(subject=text[:40], description=text)
    body = ticket.messages.get().body
    assert not {"\0", "\u202e"} & set(body)
    body.encode()
