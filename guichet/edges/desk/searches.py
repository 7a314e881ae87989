import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from guichet.domain.tickets.queries import find, search_requests
from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import OutOfReach
from guichet.foundation.text.cleaning import clean_line

from .places import Place
from .shelves import views_of

_NUMBER = re.compile(r"#([0-9]{1,18})")


@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    """Requests that hold the words typed; `#1234` opens that request at once."""
    text, place = clean_line(request.GET.get("q", "")), Place.of(request)
    number = _NUMBER.fullmatch(text)
    if number and _reaches(request, int(number[1])):
        return redirect(place.to("ticket", number=int(number[1])))
    found = search_requests(request.actor, text) if text else []
    context = {**views_of(place, {}), "asked": text, "rows": found, "unanswered": frozenset()}
    return render(request, "desk/search.html", context)


def _reaches(request: SignedInRequest, number: int) -> bool:
    try:
        find(request.actor, number)
    except OutOfReach:
        return False
    return True
