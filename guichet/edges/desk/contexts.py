"""What an agent sees of one request: conversation, composer, and the side with who asks and what else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton
from django.utils.translation import gettext as _
from markupsafe import Markup

from guichet.domain.people.actors import Actor
from guichet.domain.policy.document import FieldKind, say
from guichet.domain.policy.queries import current, title_of
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.queries import Aside, Said, aside_of, thread_of
from guichet.domain.tickets.states import Channel
from guichet.edges.uploads import sent_before
from guichet.foundation import clock
from guichet.foundation.refusals import Sentence
from guichet.ui.formats.locales import current_locale

from .composing import Composing, Kind
from .mail_states import MailLine, mail_lines
from .places import Place
from .words import VIA


@dataclass(frozen=True, slots=True)
class Line:
    """A message as the desk shows it. `look` is customer, agent or note; `mine` may be edited."""

    id: int
    look: str
    name: str
    sent: datetime
    via: Sentence
    html: Markup
    said: Said
    mine: bool
    mails: Sequence[MailLine]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody is, in words, and what time it is there."""

    country: str
    language: str
    time: str


def conversation_of(
    actor: Actor, ticket: Ticket, place: Place, *, composers: Mapping[Kind, Composing] | None = None
) -> dict[str, Any]:
    """Context of a conversation, in four queries. `composers` are forms that come back as they were typed."""
    aside = aside_of(actor, ticket)
    return {
        **parts_of(actor, ticket, place, aside),
        "reply": _composer("reply", ticket, aside, composers),
        "note": _composer("note", ticket, aside, composers),
        "tab": next(iter(composers or ()), "reply"),
    }


def parts_of(actor: Actor, ticket: Ticket, place: Place, aside: Aside | None = None) -> dict[str, Any]:
    """Context of what may be read anew while somebody writes: head, messages and side."""
    rules = current()
    at = clock.now()
    reopens = ticket.may_reopen_at(at, days=rules.requests.reopen_days)
    return {
        "ticket": ticket,
        "place": place,
        "aside": aside or aside_of(actor, ticket),
        "lines": lines_of(actor, ticket),
        "category": title_of(ticket.category_id, actor.language),
        "categories": [(one.key, say(one.title, actor.language)) for one in rules.categories],
        "answers": answers_of(ticket, actor.language),
        "whereabouts": whereabouts_of(ticket, at),
        "mine": ticket.assignee_id == actor.person_id,
        "reopens": reopens,
        "ended": ticket.is_done and not reopens,
        "file_rules": rules.attachments,
        "typed": {},
    }


def lines_of(actor: Actor, ticket: Ticket) -> list[Line]:
    thread = thread_of(actor, ticket)
    mails = mail_lines(ticket.pk)
    return [_line(actor, said, mails.get(said.id, ())) for said in thread]


def _line(actor: Actor, said: Said, mails: Sequence[MailLine]) -> Line:
    message, first = said.message, said.first
    return Line(
        id=said.id,
        look="note" if first.is_note else "agent" if first.by_staff else "customer",
        name=_name_of(first),
        sent=first.created_at,
        via="" if first.by_staff and first.channel == Channel.DESK else VIA[Channel(first.channel)],
        html=Markup(message.html),  # noqa: S704  rendered and sanitised when it was written
        said=said,
        mine=first.author_id == actor.person_id,
        mails=mails,
    )


def _name_of(message: Message) -> str:
    """Of its author; what a mail that nothing proves says of itself; the vendor's of what the system says."""
    if message.author is not None:
        return message.author.name
    if message.is_unverified:
        return message.sender_name or message.sender_address or _("No sender that can be read")
    return current().vendor.name


def _composer(
    kind: Kind, ticket: Ticket, aside: Aside, composers: Mapping[Kind, Composing] | None
) -> Composing:
    if composers and kind in composers:
        return composers[kind]
    draft = aside.drafts.get(f"{kind}-{ticket.pk}", {})
    return Composing(
        kind=kind,
        body=draft.get("body", ""),
        drafted=" ".join(map(str, sent_before(draft.get("attachments", "")))),
        having_read=ticket.last_message_id,
    )


def answers_of(ticket: Ticket, language: str) -> list[tuple[str, str, bool]]:
    """What the customer answered to the category's questions: question, answer, whether it is an address."""
    asked = current().asked(ticket.category_id)
    answers = []
    for key, answer in ticket.answers.items():
        field = asked.get(key)
        label, shown = (say(field.label, language), answer) if field else (key, answer)
        if field and field.kind is FieldKind.CHOICE:
            shown = next((say(c.label, language) for c in field.choices if c.key == answer), answer)
        is_address = answer.lower().startswith(("http://", "https://"))
        answers.append((label, shown, is_address))
    return answers


def whereabouts_of(ticket: Ticket, at: datetime) -> Whereabouts:
    """Of the organisation, else of the person who asks."""
    locale, company, person = current_locale(), ticket.organisation, ticket.requester
    zone = ZoneInfo(company.time_zone if company else person.time_zone)
    language = locale.languages.get(person.language, person.language)
    return Whereabouts(
        country=locale.territories.get(company.country, company.country) if company else "",
        language=language[:1].upper() + language[1:],  # it stands alone: Babel has it as in a sentence
        time=_minute_of(at.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None), locale),
    )


# Babel looks through all that a language has for such a skeleton: 0.2 ms.
@lru_cache(maxsize=512)
def _minute_of(local: datetime, locale: Locale) -> str:
    """Without its zone: two moments that are one in different zones would be taken for each other."""
    return format_skeleton("EEEHm", local, locale=locale)
