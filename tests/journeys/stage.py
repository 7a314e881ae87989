"""The town of the journeys. Run as `python -m tests.journeys.stage`; prints who lives there, as JSON."""

import json
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import django

POLICY = Path(__file__).parents[2] / "guichet" / "project" / "demo" / "policy.toml"
# Language → name, company, country, time zone. The address is the language's.
CUSTOMERS = {
    "fr": ("Camille Roussel", "Ascenseurs Duvallet", "FR", "Europe/Paris"),
    "ja": ("佐藤 遥", "青葉ビルサービス", "JP", "Asia/Tokyo"),
    "en": ("Tom Ashdown", "Harbourside", "GB", "Europe/London"),
}
STAFF = {"fr": "Mathieu Garnier", "ja": "田辺 愛子", "en": "Owen Hartley"}


def build() -> dict[str, Any]:
    """Everybody, in each language: a customer and a lead, with requests in the states that have pages."""
    from django.core.management import call_command

    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.policy import operations as policy
    from guichet.foundation.clock import now

    call_command("migrate", interactive=False, verbosity=0)
    policy.apply(POLICY.read_text(), by=SYSTEM, at=now())
    town: dict[str, Any] = {"sessions": {}, "requests": {}}
    for language in CUSTOMERS:
        _settle(language, town)
    _unsorted_mail(town)
    return town


def _settle(language: str, town: dict[str, Any]) -> None:
    from guichet.domain.people import operations as people
    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.people.states import MemberRole, StaffRole
    from guichet.foundation.clock import now
    from tests.signing_in import session_of

    name, company, country, zone = CUSTOMERS[language]
    at = now()
    organisation = people.found_organisation(
        name=company, country=country, time_zone=zone, plan="Premium", by=SYSTEM, at=at
    )
    for address, called in (
        (f"customer@{language}.example", name),
        (f"colleague@{language}.example", "K. L."),
    ):
        person = people.add_person(
            email=address, name=called, language=language, time_zone=zone, by=SYSTEM, at=at
        )
        people.join_organisation(
            person, organisation, role=MemberRole.MEMBER, designated=True, by=SYSTEM, at=at
        )
        town["sessions"][address] = session_of(person)
    for address, called in (
        (f"lead@{language}.example", STAFF[language]),
        (f"other@{language}.example", "Nora L."),
    ):
        person = people.add_person(
            email=address, name=called, language=language, time_zone=zone, by=SYSTEM, at=at
        )
        town["sessions"][address] = session_of(people.appoint(person, role=StaffRole.LEAD, by=SYSTEM, at=at))
    town["requests"][language] = _requests(language) | _mails(language, town)


def _requests(language: str) -> dict[str, int]:
    """Their numbers, by what each is for."""
    from guichet.domain.people.models import Person
    from guichet.domain.people.queries import actor_of, person_with_email
    from guichet.domain.tickets import operations as tickets
    from guichet.foundation.clock import now

    def actor(address: str) -> Any:
        return actor_of(Person.objects.get(email=address))

    at = now()
    customer, lead = actor(f"customer@{language}.example"), actor(f"lead@{language}.example")
    colleague = person_with_email(f"colleague@{language}.example")
    assert colleague

    def open_one(subject: str) -> Any:
        return tickets.open_ticket(
            category="technical", subject=subject, description="The export has been empty since Monday.",
            organisation_id=customer.seats[0].organisation_id, by=customer, at=at - timedelta(days=60),
        )  # fmt: skip

    talked, closed, old = (open_one(f"{word} ({language})") for word in ("Talked", "Closed", "Old"))
    tickets.add_participant(talked, person=colleague, by=customer, at=at)
    tickets.tag(talked, name="export", by=lead, at=at)
    said = tickets.reply(talked, body="**Which** export?\n\n1. A\n2. `B`", by=lead, at=at)
    tickets.note(talked, body="Ask the others.", by=lead, at=at)
    tickets.edit_message(said, body="Which export, please?", by=lead, at=at)
    tickets.reply(talked, body="The one of contacts.", by=customer, at=at)
    tickets.close(closed, by=lead, at=at)
    tickets.close(old, by=lead, at=at - timedelta(days=50))
    return {"talked": talked.pk, "closed": closed.pk, "old": old.pk, "said": said.pk}


def _mails(language: str, town: dict[str, Any]) -> dict[str, int]:
    """Of somebody with two organisations: a mail that waits for their choice, and one that is a request."""
    from guichet.domain.people import operations as people
    from guichet.domain.people.actors import SYSTEM
    from guichet.domain.people.models import Membership
    from guichet.domain.people.states import MemberRole
    from guichet.domain.policy.queries import mailboxes
    from guichet.edges.mailbox.asking import choose
    from guichet.edges.mailbox.deliver import deliver
    from guichet.foundation.clock import now
    from tests.signing_in import session_of

    at, to = now(), mailboxes()[0].address
    own = Membership.objects.get(person__email=f"customer@{language}.example").organisation
    address, (_name, company, country, zone) = f"several@{language}.example", CUSTOMERS[language]
    other = people.found_organisation(
        name=f"{company} 2", country=country, time_zone=zone, plan="Premium", by=SYSTEM, at=at
    )
    person = people.add_person(
        email=address, name="Dominique", language=language, time_zone=zone, by=SYSTEM, at=at
    )
    for organisation in (own, other):
        people.join_organisation(
            person, organisation, role=MemberRole.MEMBER, designated=False, by=SYSTEM, at=at
        )
    town["sessions"][address] = session_of(person)
    rows = []
    for subject in ("Asked", "Mailed"):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = address, to, f"{subject} ({language})"
        mail["Message-ID"] = f"<{subject}@{language}.example>"
        mail.set_content("It stops.\n\nOn 10.03.2026 a <a@b.example> wrote:\n> And then?\n")
        rows.append(deliver(mail.as_bytes(), verified=True))
    asked, mailed = rows
    choose(mailed, other.pk, at=now())
    mailed.refresh_from_db()
    assert mailed.ticket_id
    assert mailed.message_id
    return {"asked": asked.pk, "mailed": mailed.ticket_id, "sent": mailed.message_id}


def _unsorted_mail(town: dict[str, Any]) -> None:
    from guichet.edges.mailbox.deliver import deliver

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "who@nowhere.example", "support@localhost", "Hello"
    mail.set_content("Is anybody there?")
    town["received"] = deliver(mail.as_bytes()).pk


if __name__ == "__main__":
    django.setup()
    print(json.dumps(build()))  # noqa: T201
