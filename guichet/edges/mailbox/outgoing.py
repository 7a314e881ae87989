"""Our own mails, for leads and admins: how far each is, and sending at once what would be tried later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from guichet.edges.requests import SignedInRequest
from guichet.edges.tending import for_leads, send_again
from guichet.foundation.refusals import Sentence
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.states import Kind, State

from .paging import page_at

_WORDS = {
    Kind.CONFIRMATION: pgettext_lazy("kind of an e-mail", "Confirmation"),
    Kind.REPLY: pgettext_lazy("kind of an e-mail", "Reply"),
    Kind.RESOLUTION: pgettext_lazy("kind of an e-mail", "Resolved"),
    Kind.CLOSING: pgettext_lazy("kind of an e-mail", "Closed"),
    Kind.INVITATION: pgettext_lazy("kind of an e-mail", "Invitation"),
    Kind.NOTICE: pgettext_lazy("kind of an e-mail", "Notice to an agent"),
    Kind.REOPENING: pgettext_lazy("kind of an e-mail", "Reopened"),
    Kind.ASSIGNMENT: pgettext_lazy("kind of an e-mail", "Assigned"),
}
_TONES = {
    State.SENT: ("positive", "mail-check"),
    State.FAILED: ("negative", "mail-x"),
    State.BOUNCED: ("negative", "mail-x"),
    State.WITHHELD: ("warning", "mail-minus"),
}


def _in(*states: State) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state__in=states)


# Word in the address → the filter's label, and what it finds.
_FILTERS: dict[str, tuple[Sentence, Callable[[], QuerySet[Delivery]]]] = {
    "all": (pgettext_lazy("e-mails", "All"), Delivery.objects.all),
    "waiting": (pgettext_lazy("e-mails", "On their way"), partial(_in, State.QUEUED, State.SENDING)),
    "later": (
        pgettext_lazy("e-mails", "Postponed"),
        lambda: Delivery.objects.filter(state=State.QUEUED, attempts__gt=0),
    ),
    "failed": (pgettext_lazy("e-mails", "Failed"), partial(_in, State.FAILED)),
    "returned": (pgettext_lazy("e-mails", "Returned"), partial(_in, State.BOUNCED)),
    "withheld": (pgettext_lazy("e-mails", "Not sent"), partial(_in, State.WITHHELD)),
    "sent": (pgettext_lazy("e-mails", "Sent"), partial(_in, State.SENT)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One mail. `moment` is when it is tried again, was sent or was given up; `may_send` offers it now."""

    mail: Delivery
    about: Sentence
    state: Sentence
    tone: str
    icon: str
    moment: datetime | None
    is_later: bool
    may_send: bool


@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """A page of them, newest first, in one state or in all."""
    for_leads(request)
    shown = _shown(request.GET.get("show", ""))
    found = _FILTERS[shown][1]().select_related("recipient", "ticket").defer("text", "html")
    page = page_at(found, request.GET.get("at", ""))
    context = {
        "filters": [
            {"label": label, "href": _address(name), "current": name == shown}
            for name, (label, _found) in _FILTERS.items()
        ],
        "shown_mails": shown,
        "lines": [_line(mail) for mail in page.rows],
        "newer": _address(shown, page.before) if page.before else "",
        "older": _address(shown, page.after) if page.after else "",
    }
    return render(request, "mailbox/outgoing.html", context)


@require_POST
def send_now(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Try one at once that is postponed, was given up or came back."""
    send_again(request, delivery_id)
    return redirect(_address(_shown(request.POST.get("show", ""))))


def _shown(word: str) -> str:
    return word if word in _FILTERS else "all"


def _address(shown: str, at: str = "") -> str:
    query = {key: word for key, word in (("show", shown), ("at", at)) if word and word != "all"}
    return reverse("mailbox:outgoing") + (f"?{urlencode(query)}" if query else "")


def _line(mail: Delivery) -> Line:
    state = State(mail.state)
    # A mail that waits for its first try is simply on its way.
    later = state is State.QUEUED and mail.attempts > 0
    tone, icon = ("warning", "clock") if later else _TONES.get(state, ("", "mail"))
    moments = {State.QUEUED: mail.next_try_at if later else None, State.SENDING: None}
    return Line(
        mail=mail,
        about=_about(mail),
        state=pgettext_lazy("state of an e-mail", "Postponed") if later else state.label,
        tone=tone,
        icon=icon,
        moment=moments.get(state, mail.sent_at or mail.failed_at),
        is_later=later,
        may_send=not mail.sensitive and (later or state in (State.FAILED, State.BOUNCED)),
    )


def _about(mail: Delivery) -> Sentence:
    """What it is. The words of a code for signing in are nobody else's business."""
    if mail.kind != Kind.LETTER:
        return _WORDS[Kind(mail.kind)]
    return gettext_lazy("Confidential e-mail") if mail.sensitive else mail.subject
