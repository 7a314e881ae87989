"""The id of a mail of ours says for whom it was; an id that we did not make says nothing."""

import random

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.reactions.email.mail_ids import MailId, looks_like_one, new_mail_id, read
from guichet.reactions.worker import drain
from tests.reactions.email.sink import Sink
from tests.world import World, later


def test_what_we_made_is_read_again_in_any_case() -> None:
    made = new_mail_id(4821, 17)
    assert read(made) == read(made.upper()) == read(made.strip("<>")) == MailId(4821, 17)
    assert made != new_mail_id(4821, 17)
    assert looks_like_one(made)
    assert not looks_like_one(new_mail_id())
    assert len(made) < 255


@pytest.mark.parametrize("what", ["ticket", "person", "nonce", "mac", "no mac", "domain", "address"])
def test_a_changed_id_says_nothing(what: str) -> None:
    local, _, domain = new_mail_id(4821, 17).strip("<>").partition("@")
    _g, ticket, person, nonce, mac = local.split(".")
    changed = {
        "ticket": f"<g.4822.{person}.{nonce}.{mac}@{domain}>",
        "person": f"<g.{ticket}.18.{nonce}.{mac}@{domain}>",
        "nonce": f"<g.{ticket}.{person}.{'a' * 16}.{mac}@{domain}>",
        "mac": f"<g.{ticket}.{person}.{nonce}.{mac[:-1]}{'a' if mac[-1] != 'a' else 'e'}@{domain}>",
        "no mac": f"<g.{ticket}.{person}.{nonce}@{domain}>",
        "domain": f"<{local}@elsewhere.example>",
        "address": f"<reply+{ticket}.{person}.{mac}@{domain}>",
    }[what]
    assert read(changed) is None


def test_ten_thousand_guesses_say_nothing() -> None:
    chance = random.Random(4821)
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    guesses = (("".join(chance.choices(letters, k=n)) for n in (16, 26)) for _guess in range(10_000))
    assert not any(read(f"<g.4821.17.{nonce}.{mac}@localhost>") for nonce, mac in guesses)


def test_each_mail_of_a_request_has_one_for_its_reader(world: World, sink: Sink) -> None:
    ticket = world.ticket()
    tickets.take(ticket, by=world.actor("agent"), at=later(minutes=1))
    tickets.reply(ticket, body="Any news?", by=world.actor("requester"), at=later(minutes=3))
    drain()
    for name, address in (("requester", "rose@acme.example"), ("agent", "agent@vendor.example")):
        for mail in sink.to(address):
            assert read(str(mail["Message-ID"])) == MailId(ticket.pk, world.person(name).pk)
