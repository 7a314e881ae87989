"""What anybody writes stays text, wherever a customer reads it: in the portal, and in every mail."""

import re

from django.test import Client

from guichet.domain.people.models import Organisation, Person
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Ticket
from guichet.foundation import clock
from guichet.reactions.email.compose import mail_of
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.edges.portal.conftest import Enter
from tests.world import World

CANARY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
HEADERS = {
    "user-agent": f"Firefox/ {CANARY}",
    "referer": f"http://testserver/{CANARY}",
    "x-forwarded-for": CANARY,
}


def poisoned(world: World) -> Ticket:
    """A request of Rose's with the canary in every field that somebody can write."""
    rose, aya, at = world.actor("requester"), world.actor("agent"), clock.now()
    Person.objects.update(name=CANARY, phone='"><script>')
    Organisation.objects.update(name=CANARY, plan=CANARY[:60])
    ticket = world.ticket(
        at=at, subject=CANARY, description=CANARY * 2, answers={"page": f"https://x/{CANARY}"}
    )
    message = ticket.messages.get()
    Attachment.objects.create(
        uploader=world.person("requester"),
        ticket=ticket,
        message=message,
        name=CANARY,
        stored_as="aa/bb/" + "c" * 32,
        media_type="text/plain",
        size=1,
        created_at=at,
    )
    harm = f"{CANARY}\n\n[x](javascript:alert(4)) ![y](javascript:alert(5)) <javascript:alert(6)>"
    tickets.reply(ticket, body=harm, by=aya, at=at)
    tickets.reply(ticket, body=harm, by=rose, at=at)
    tickets.add_participant(ticket, person=world.person("colleague"), by=rose, at=at)
    tickets.hold(ticket, reason=CANARY, by=aya, at=at)
    for key in ("new", f"reply-{ticket.pk}"):
        fields = {"subject": CANARY, "description": CANARY, "body": f"</textarea>{CANARY}"}
        tickets.keep_draft(key, fields=fields, by=rose, at=at)
    return ticket


def harmless(page: str) -> bool:
    """Whether nothing of it runs, though it is there."""
    runs = (
        r"<script>",
        r"<(img|svg)[^>]*\son\w+\s*=",
        r"""(href|src|action)=["']?\s*javascript:""",
        r"</textarea>[^<]*<script",
    )
    return "alert(" in page and not any(re.search(run, page) for run in runs)


def test_nothing_anybody_writes_runs_in_the_portal(world: World, enter: Enter) -> None:
    number = poisoned(world).pk
    rose = enter("requester")
    for address in (
        "/",
        "/requests/",
        f"/requests/?q={CANARY}",
        "/requests/new/",
        f"/requests/{number}/",
        f"/requests/{number}/confirmation/",
        f"/requests/{number}/history/",
        f"/requests/{number}/participants/",
        "/profile/",
    ):
        answer = rose.get(address, headers=HEADERS)
        assert answer.status_code == 200, address
        assert harmless(answer.content.decode()), address


def test_a_form_that_comes_back_is_as_harmless(world: World, enter: Enter) -> None:
    number, rose, typed = world.ticket().pk, enter("requester"), f"</textarea>{CANARY * 300}"
    for address, fields in (
        ("/requests/new/", {"subject": typed, "description": typed, "category": typed}),
        (f"/requests/{number}/replies/", {"body": typed * 3, "attachments": typed, "client_key": typed}),
        (f"/requests/{number}/participants/", {"person": typed}),
        ("/profile/", {"name": typed, "language": typed, "time_zone": typed}),
    ):
        answer = rose.post(address, fields, headers=HEADERS)
        assert answer.status_code == 422, address
        assert harmless(answer.content.decode()), address


def test_what_a_stranger_typed_comes_back_harmless(world: World, client: Client) -> None:
    answer = client.post("/requests/new/", {"body": f"</textarea>{CANARY}"}, headers=HEADERS)
    assert answer.status_code == 403
    assert harmless(answer.content.decode())


def test_nothing_anybody_writes_runs_in_a_mail(world: World) -> None:
    poisoned(world)
    drain()
    kinds = set()
    for delivery in Delivery.objects.all():
        mail = mail_of(delivery)
        page = str(mail.alternatives[0][0])
        kinds.add(delivery.kind)
        assert harmless(page), delivery.kind
        assert "\n" not in mail.subject
        assert "\r" not in mail.subject
    assert len(kinds) >= 3
