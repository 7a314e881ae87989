from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guichet.domain.people.actors import Actor
from guichet.domain.people.queries import people_overseen_by
from guichet.domain.tickets.queries import TicketRow, requests_page, search_requests
from guichet.edges.requests import SignedInRequest
from guichet.foundation.paging import Cursor, Page

from .filters import Filters
from .rows import lines_for

NAMED_AT_MOST = 300  # people in the list to narrow by; of more companies than that, one searches


@require_safe
def requests(request: SignedInRequest) -> HttpResponse:
    """The requests that a customer may see, narrowed and sorted as the address says, or found by words."""
    actor, filters = request.actor, Filters.read(request.GET, request.actor)
    page = Page(search_requests(actor, filters.q)) if filters.q else _page(actor, filters)
    context = {
        "section": "requests",
        "filters": filters,
        "lines": lines_for(actor, page.rows),
        "before": filters.having(at=page.before) if page.before else None,
        "after": filters.having(at=page.after) if page.after else None,
        "oversees": bool(actor.overseen),
        "people": people_overseen_by(actor, limit=NAMED_AT_MOST) if not filters.q else [],
        "topic": f"person-{actor.person_id}",
        "here": request.get_full_path(),
    }
    return render(request, "portal/requests.html", context)


def _page(actor: Actor, filters: Filters) -> Page[TicketRow]:
    return requests_page(
        actor,
        Cursor.read(filters.at),
        scope=filters.scope,
        status=filters.status,
        order=filters.order,
        requester_id=filters.person,
    )
