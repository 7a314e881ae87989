"""What arrives at a real server is signed by the domain it comes from, and holds until it is altered."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from pytest_django import Settings

from guichet.domain.people.actors import SYSTEM
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policy_queries
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation.dkim import SIGNED, Signer
from guichet.reactions.email.outgoing import queue_mail
from guichet.reactions.worker import drain
from tests.mail.verifying import is_signed
from tests.reactions.email.sink import Sink
from tests.world import NOON, POLICY, World, later

Key = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

KEYS: dict[str, Key] = {
    "rsa": rsa.generate_private_key(65537, 2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}
OF_OTHERS: dict[str, Key] = {
    "rsa-sha256": rsa.generate_private_key(65537, 2048),
    "ed25519-sha256": ed25519.Ed25519PrivateKey.generate(),
}
TEXT = "Bonjour,\n\nvoilà : « déjà vu »  \n.\n..two dots, trailing blanks \t\n" + "長い行。" * 400 + "\n\n\n"


@pytest.fixture(params=KEYS)
def signer(request: pytest.FixtureRequest, settings: Settings) -> Signer:
    settings.GUICHET_MAIL_FROM = "Support@Vendor.Example"
    settings.GUICHET_URL = "https://help.vendor.example"
    settings.GUICHET_DKIM = made = Signer("desk2026", KEYS[request.param])
    return made


def records(signer: Signer, domain: str = "vendor.example") -> dict[str, str]:
    return {f"desk2026._domainkey.{domain}.": signer.record()}


def test_every_mail_of_a_request_arrives_signed(world: World, sink: Sink, signer: Signer) -> None:
    ticket = world.ticket()
    colin = world.person("colleague")
    tickets.add_participant(ticket, person=colin, by=world.actor("requester"), at=later(minutes=1))
    tickets.reply(ticket, body=TEXT, by=world.actor("agent"), at=later(minutes=2))
    queue_mail("rose@acme.example", "Votre code : 123", TEXT, "<p>Voilà</p>", "fr")
    drain()
    assert len(sink.raw) == 6
    for mail in sink.raw:
        assert mail.isascii()  # no server on the way has to rewrite it
        assert is_signed(mail, records(signer))
        assert max(map(len, mail.split(b"\r\n"))) <= 998
    assert "déjà vu" in sink.to("colin@acme.example")[-1].get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_what_is_altered_on_the_way_does_not_hold(world: World, sink: Sink, signer: Signer) -> None:
    ticket = world.ticket()
    tickets.add_participant(
        ticket, person=world.person("colleague"), by=world.actor("requester"), at=later(minutes=1)
    )
    drain()
    mail = next(mail for mail in sink.raw if b"To: colin@" in mail)
    here = records(signer)
    assert is_signed(mail, here)
    assert not is_signed(mail.replace(b"Hello", b"Hallo", 1), here)
    head, body = mail.split(b"\r\n\r\n", 1)
    lines = head.split(b"\r\n")
    changed = 0
    for at, line in enumerate(lines):
        name = line.split(b":")[0].decode().lower()
        if name in SIGNED:
            altered = [*lines[:at], line + b"x", *lines[at + 1 :]]
            assert not is_signed(b"\r\n".join(altered) + b"\r\n\r\n" + body, here), name
            doubled = [line, *lines]
            assert not is_signed(b"\r\n".join(doubled) + b"\r\n\r\n" + body, here), name
            changed += 1
    assert changed >= 12, "List-Unsubscribe(-Post), Reply-To, References and the others are signed"
    assert not is_signed(mail, records(Signer("desk2026", OF_OTHERS[signer.algorithm])))


def test_each_mailbox_signs_with_its_own_domain(world: World, sink: Sink, signer: Signer) -> None:
    named = 'key = "sales"\naddress = "sales@other.example"\nname.en = "Sales"\nname.fr = "Ventes"'
    policy.apply(f"{POLICY.read_text()}\n[[mailboxes]]\n{named}\n", by=SYSTEM, at=NOON)
    policy_queries.forget()
    ticket = world.ticket()
    Ticket.objects.filter(pk=ticket.pk).update(mailbox="sales")
    drain()
    assert is_signed(sink.raw[0], records(signer, "other.example"))
    with pytest.raises(KeyError):
        is_signed(sink.raw[0], records(signer))


def test_without_a_key_nothing_is_signed(world: World, sink: Sink) -> None:
    world.ticket()
    drain()
    assert "DKIM-Signature" not in sink.mails[0]
