"""Whose account a stranger's mail is about: it may name their address, their site, or a page of theirs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.models import Membership, Organisation, Person
from guichet.domain.people.queries import organisations_of
from guichet.domain.people.states import MemberRole
from guichet.domain.policy.queries import current
from guichet.domain.tickets.models import Ticket
from guichet.foundation.refusals import Sentence

from .identify import folded
from .reading import Mail
from .reading.addresses import all_addresses

_MOST_READ, _MOST_NAMED, _MOST_GUESSES = 50_000, 20, 5
_MOST_SEARCHED = 3  # each reads many requests
_RECENT = 50_000  # requests: the older an address is, the less it tells
_SITE = re.compile(r"https?://([a-z0-9.-]{4,253})(?::\d+)?(/[^\s<>\"')\]]{0,300})?", re.IGNORECASE)
_EVERYBODYS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com"),
        *("icloud.com", "me.com", "aol.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de"),
        *("t-online.de", "orange.fr", "free.fr", "laposte.net", "wanadoo.fr", "yahoo.co.jp", "docomo.ne.jp"),
    }
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A person for whom a mail may be, in which organisation of theirs if any, and why one may think so."""

    person: Person
    organisation: Organisation | None
    sentence: Sentence = ""

    @property
    def key(self) -> tuple[int, int | None]:
        return self.person.pk, self.organisation.pk if self.organisation else None

    @property
    def who(self) -> str:
        return self.organisation.name if self.organisation else self.person.name


def probable(mail: Mail) -> list[Guess]:
    """The likeliest first. What a mail says proves nothing: a person of ours decides."""
    said = f"{mail.subject}\n{mail.text[:_MOST_READ]}"
    guesses: dict[tuple[int, int | None], Guess] = {}
    for guess in (*_by_address(mail, said), *_by_request(said), *_by_domain(said)):
        guesses.setdefault(guess.key, guess)
    return list(guesses.values())[:_MOST_GUESSES]


def seats_of(person: Person) -> list[Guess]:
    """One for each of their organisations, or one for themselves."""
    organisations: list[Organisation | None] = [*organisations_of(person)]
    return [Guess(person, organisation) for organisation in organisations or [None]]


def _by_address(mail: Mail, said: str) -> Iterator[Guess]:
    sender = folded(mail.sender)
    named = list(dict.fromkeys(filter(None, [sender, *map(folded, all_addresses(said)[:_MOST_NAMED])])))
    people = Person.objects.filter(email__in=named, is_active=True, staff_role=None)
    for person in sorted(people, key=lambda one: named.index(one.email)):
        for seat in seats_of(person):
            yield replace(seat, sentence=_of_address(seat, person.email, is_sender=person.email == sender))


def _of_address(seat: Guess, address: str, *, is_sender: bool) -> Sentence:
    if is_sender:
        told = _("Probably %(who)s, because it names their address as its sender. Nothing proves that.")
        return told % {"who": seat.who}
    return _("Probably %(who)s, because the address %(address)s stands in it.") % {
        "who": seat.who,
        "address": address,
    }


def _by_request(said: str) -> Iterator[Guess]:
    """Whoever gave the same address of a page or project in an earlier request, if only one company did."""
    answered = Ticket.objects.annotate(said=Cast("answers", TextField())).select_related(
        "requester", "organisation"
    )
    newest = Ticket.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for host, path in _sites(said)[:_MOST_SEARCHED]:
        page = f"{host}{path}"
        if not path and host in _own_hosts():
            continue
        found = list(answered.filter(pk__gt=newest - _RECENT, said__icontains=page).order_by("-pk")[:20])
        if len({ticket.organisation_id for ticket in found}) == 1 and found[0].requester.is_active:
            guess = Guess(found[0].requester, found[0].organisation)
            told = _("Probably %(who)s, because request #%(number)s names %(page)s, too.")
            sentence = told % {"who": guess.who, "number": found[0].pk, "page": page}
            yield replace(guess, sentence=sentence)


def _by_domain(said: str) -> Iterator[Guess]:
    """The company whose people have addresses of a domain that is named; somebody who speaks for it."""
    hosts = [
        *(host for host, _path in _sites(said)),
        *(one.rpartition("@")[2] for one in all_addresses(said)),
    ]
    domains = dict.fromkeys(each for host in hosts[:_MOST_NAMED] for each in _domains(host.lower()))
    for domain in domains:
        of_it = Membership.objects.filter(person__email__endswith=f"@{domain}", person__is_active=True)
        members = list(of_it.select_related("person", "organisation")[:200])
        if len({member.organisation_id for member in members}) != 1:
            continue
        speaker = min(members, key=lambda one: (not _speaks(one), one.pk))
        guess = Guess(speaker.person, speaker.organisation)
        told = _("Probably %(who)s, because people of theirs have addresses at %(domain)s, which it names.")
        yield replace(guess, sentence=told % {"who": guess.who, "domain": domain})


def _speaks(member: Membership) -> bool:
    return member.designated or member.role == MemberRole.ADMINISTRATOR


def _sites(said: str) -> list[tuple[str, str]]:
    found = [(host.lower().strip("."), path.rstrip("/.,;:!?")) for host, path in _SITE.findall(said)]
    return list(dict.fromkeys(found))[:_MOST_NAMED]


def _domains(host: str) -> Iterator[str]:
    """The domain and those above it, but for what everybody has, and the vendor's own."""
    labels = host.split(".")
    for at in range(len(labels) - 1):
        domain = ".".join(labels[at:])
        if domain not in _EVERYBODYS | _own_hosts():
            yield domain


def _own_hosts() -> frozenset[str]:
    vendor = current().vendor
    own = (_SITE.match(address) for address in (settings.GUICHET_URL, vendor.website))
    ours = {found[1].lower() for found in own if found}
    return frozenset({*ours, settings.GUICHET_MAIL_DOMAIN.lower(), vendor.email.rpartition("@")[2].lower()})
