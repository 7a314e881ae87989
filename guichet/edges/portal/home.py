from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guichet.domain.people.naming import first_name
from guichet.domain.policy.document import say
from guichet.domain.policy.queries import current
from guichet.domain.tickets.queries import draft_of, requests_page
from guichet.edges.requests import SignedInRequest

from .questions import cards, is_begun
from .rows import lines_for

SHOWN = 5


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Where a customer arrives: what is open and whose turn it is, the way to ask, the way to reach us."""
    actor, vendor = request.actor, current().vendor
    if actor.is_staff:
        return redirect("/desk/")
    draft = draft_of(actor, "new")
    page = requests_page(actor, scope="mine", status="open", size=SHOWN)
    context = {
        "section": "home",
        "first_name": first_name(actor.name),
        "lines": lines_for(actor, page.rows),
        "more": bool(page.after),
        "cards": cards(actor.language),
        "begun": is_begun(draft),
        "begun_subject": draft.get("subject", ""),
        "contact": vendor,
        "hours": say(vendor.hours, actor.language),
        "topic": f"person-{actor.person_id}",
    }
    return render(request, "portal/home.html", context)
