"""What is being typed, kept while it is typed. The same door keeps the desk's."""

import json
import re

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from guichet.domain.people.actors import Actor
from guichet.domain.people.queries import people_visible_to
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.policies import may_open_on_behalf, may_see_notes
from guichet.domain.tickets.queries import find
from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import Invalid, OutOfReach
from guichet.foundation.text.cleaning import clean_text

_KEY = re.compile(r"new|(?:reply|note|for)-[0-9]{1,18}")
_RIGHTS = {"note": may_see_notes, "for": may_open_on_behalf}
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_NOT_KEPT = {"csrfmiddlewaretoken", "client_key"}


@require_http_methods(["PUT", "POST"])
def keep_draft(request: SignedInRequest, key: str) -> HttpResponse:
    """Keep what is typed: `{field: text}` as JSON, or a form. Empty fields are left out; 204."""
    _check(request.actor, key)
    sent = {name: clean_text(text) for name, text in _read(request).items() if _NAME.fullmatch(name)}
    kept = {name: text for name, text in sent.items() if text and name not in _NOT_KEPT}
    tickets.keep_draft(key, fields=kept, by=request.actor, at=clock.now())
    return HttpResponse(status=204)


@require_POST
def drop_draft(request: SignedInRequest, key: str) -> HttpResponse:
    """Forget it, and go back to the form it was for."""
    _check(request.actor, key)
    tickets.drop_draft(key, by=request.actor)
    if key == "new":
        return redirect("portal:new")
    if key.startswith("for-"):
        return redirect("/desk/tickets/new/")
    return redirect("portal:request", number=int(key.partition("-")[2]))


def _check(actor: Actor, key: str) -> None:
    """A draft is kept only where its author could send it."""
    kind, _dash, number = key.partition("-")
    if not _KEY.fullmatch(key) or (kind in _RIGHTS and not _RIGHTS[kind](actor)):
        raise OutOfReach
    if kind in ("reply", "note"):
        find(actor, int(number))
    elif kind == "for" and not people_visible_to(actor).filter(pk=number).exists():
        raise OutOfReach


def _read(request: SignedInRequest) -> dict[str, str]:
    if request.method == "POST" and request.content_type != "application/json":
        return {name: str(text) for name, text in request.POST.items()}
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as mistake:
        raise Invalid({}) from mistake
    if not isinstance(sent, dict) or not all(isinstance(text, str) for text in sent.values()):
        raise Invalid({})
    return sent
