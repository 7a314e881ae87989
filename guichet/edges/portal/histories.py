from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.domain.people.naming import first_name
from guichet.domain.policy.queries import current
from guichet.domain.tickets.queries import HistoryLine, find, history_for
from guichet.edges.requests import SignedInRequest


@require_safe
def history(request: SignedInRequest, number: int) -> HttpResponse:
    """Every step of a request that its customer may know of."""
    ticket = find(request.actor, number)
    lines = [_named(line) for line in history_for(request.actor, ticket)]
    return render(request, "portal/history.html", {"section": "requests", "ticket": ticket, "lines": lines})


def _named(line: HistoryLine) -> HistoryLine:
    """Agents by their first name; what nobody did, in the vendor's."""
    name = first_name(line.by_name) if line.by_staff else line.by_name
    return replace(line, by_name=name or current().vendor.name)
