"""Search finds what one may see, in each language, on both databases alike."""

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import search_requests
from tests.world import NOON, World, later


def indexed(ticket: Ticket) -> Ticket:
    tickets.index_ticket(ticket.pk)
    return ticket


def found(world: World, name: str, text: str) -> list[int]:
    return [row.id for row in search_requests(world.actor(name), text)]


@pytest.mark.requirement(36)
@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("The exports stay empty", "export"),
        ("Les factures n'arrivent plus depuis février", "facture fevrier"),
        ("Un problème de sécurité", "probleme securite"),
        ("Die Rechnungen fehlen", "rechnung"),
        ("Las exportaciones están vacías", "exportación vacia"),
        ("請求書のダウンロードができません", "請求書"),
        ("Error 429 on api.vendor.example", "429"),
        ("It says E_CONNRESET", "e_connreset"),
    ],
)
def test_words_are_found_as_people_ask_for_them(world: World, words: str, asked: str) -> None:
    ticket = indexed(world.ticket(subject="Help", description=f"{words}. Please help us."))
    indexed(world.ticket(subject="Another matter", description="Nothing of the kind at all."))
    assert found(world, "requester", asked) == [ticket.pk]


def test_customers_find_only_what_they_see(world: World) -> None:
    ticket = indexed(world.ticket(description="The word is xylophone, for sure."))
    assert found(world, "agent", "xylophone") == [ticket.pk]
    for name in ("requester", "contact", "administrator"):
        assert found(world, name, "xylophone") == [ticket.pk]
    for name in ("colleague", "foreigner", "stranger"):
        assert found(world, name, "xylophone") == []
        assert found(world, name, str(ticket.pk)) == []


def test_a_participant_finds_it_once_copied_and_no_longer_once_removed(world: World) -> None:
    ticket = indexed(world.ticket(description="The word is xylophone, for sure."))
    stranger = world.people["stranger"]
    lead = world.actor("lead")
    tickets.add_participant(ticket, person=stranger, by=lead, at=NOON)
    assert found(world, "stranger", "xylophone") == []
    indexed(ticket)
    assert found(world, "stranger", "xylophone") == [ticket.pk]
    tickets.remove_participant(ticket, person=stranger, by=lead, at=NOON)
    assert found(world, "stranger", "xylophone") == []


def test_notes_are_found_by_staff_only(world: World) -> None:
    ticket = world.ticket()
    tickets.note(ticket, body="Smells like marmalade.", by=world.actor("agent"), at=NOON)
    indexed(ticket)
    assert found(world, "agent", "marmalade") == [ticket.pk]
    assert found(world, "requester", "marmalade") == []


def test_the_subject_counts_more_than_the_age(world: World) -> None:
    old = indexed(world.ticket(subject="Webhook", description="It does not fire at all."))
    new = indexed(world.ticket(subject="Other", description="Something about a webhook.", at=later(days=1)))
    assert found(world, "requester", "webhook") == [old.pk, new.pk]


def test_of_those_that_say_it_alike_the_latest_come_first_and_fifty_at_most(world: World) -> None:
    made = [indexed(world.ticket(subject="Webhook", at=later(minutes=-i))).pk for i in range(52)]
    assert found(world, "requester", "webhook") == made[:50]


@pytest.mark.parametrize("beginning", ["xy", "xylo", "xylophon"])
def test_the_beginning_of_a_word_finds_it_in_notes_too(world: World, beginning: str) -> None:
    ticket = world.ticket(description="A xylophone, for sure.")
    other = world.ticket()
    tickets.note(other, body="Two xylophones.", by=world.actor("agent"), at=later(days=1))
    indexed(ticket)
    indexed(other)
    assert found(world, "agent", beginning) == [other.pk, ticket.pk]
    assert found(world, "requester", beginning) == [ticket.pk]


def test_a_number_finds_its_request_first(world: World) -> None:
    ticket = indexed(world.ticket())
    other = indexed(world.ticket(description=f"See number {ticket.pk} for what happened.", at=later(days=1)))
    assert found(world, "requester", f"#{ticket.pk}") == [ticket.pk, other.pk]


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " ",
        '"',
        "'",
        "*",
        "a*b",
        "NEAR(a b)",
        "(((",
        ") OR (1",
        "a AND",
        "-",
        "\\",
        "'; DROP TABLE x",
        "public:a",
        "a" * 10_000,
        "\ud800",
        "🦊",
        "{x} : y",
        "& | !",
        ":*",
        "§p1",
        "¬secret",
        "#99999999999999999999999",
    ],
)
def test_nothing_typed_is_an_operator(world: World, hostile: str) -> None:
    ticket = world.ticket()
    tickets.note(ticket, body="secret", by=world.actor("agent"), at=NOON)
    indexed(ticket)
    for name in ("requester", "stranger", "agent"):
        assert set(found(world, name, hostile)) <= ({ticket.pk} if name != "stranger" else set())
