"""What is there before the killing begins. Run in a child of the nursery, in the database of the test."""

from typing import Any

from django.core.management import call_command

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.tickets import operations as tickets
from guichet.foundation.clock import now
from guichet.reactions.email.address import ReplyAddress
from guichet.reactions.pending import react_to_next
from tests.world import POLICY, World, build

PASSWORD = "a password of these tests"


def build_world() -> World:
    call_command("migrate", interactive=False, verbosity=0)
    world = build()
    # An answer that was lost leaves its file behind, unsent: many files may be.
    policy.apply(POLICY.read_text().replace("max_files = 3", "max_files = 20"), by=SYSTEM, at=now())
    policy_queries.forget()
    return world


def people_who_write(names: list[str]) -> dict[str, Any]:
    """Customers with a password and a request to answer in: their address and its number, by name."""
    world = build_world()
    found = {}
    for name in names:
        person = world.people[name]
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        found[name] = {"email": person.email, "number": world.ticket(name, at=now()).pk,
                       "organisation": world.actor(name).seats[0].organisation_id}  # fmt: skip
    return found


def people_who_mail(names: list[str]) -> dict[str, Any]:
    """Customers with a request: their address, the one at which they answer in it, its number; by name."""
    world = build_world()
    found = {}
    for name in names:
        person, number = world.people[name], world.ticket(name, at=now()).pk
        found[name] = {"email": person.email, "answers_at": str(ReplyAddress(number, person.pk)),
                       "number": number}  # fmt: skip
    return found


def customer_with_answer(email: str) -> int:
    """A request of a customer of this address, answered by an agent: its number."""
    world = build_world()
    person = people.add_person(email=email, name="The other desk", by=SYSTEM, at=now())
    people.join_organisation(person, world.organisations["acme"], by=SYSTEM, at=now())
    world.people["other"] = person
    ticket = world.ticket("other", at=now())
    tickets.assign(ticket, to=world.person("agent"), team=None, by=world.actor("lead"), at=now())
    tickets.reply(ticket, body="Have you tried again?", by=world.actor("agent"), at=now())
    return ticket.pk


def requests_with_answers(count: int) -> list[int]:
    """Requests of two companies, each answered by an agent: their numbers.

    What follows from most of them has followed, so that there are mails to send; none has been sent.
    """
    world, numbers = build_world(), []
    agent = world.actor("agent")
    for one in range(count):
        ticket = world.ticket(("requester", "foreigner")[one % 2], at=now())
        tickets.reply(ticket, body=f"This is answer {one}.", by=agent, at=now())
        numbers.append(ticket.pk)
    for _ in range(count):
        react_to_next(now())
    return numbers
