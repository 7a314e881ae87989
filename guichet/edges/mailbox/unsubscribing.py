"""Out of our mails with one click (RFC 8058), without signing in: by a link that only its reader has."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guichet.domain.people.models import Person
from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach
from guichet.reactions.email.unsubscribing import unsubscribe
from guichet.reactions.email.unsubscription import is_genuine


# Mail programs post it for their users, and have no cookie of ours.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def turn_off(request: HttpRequest, person_id: int, signature: str) -> HttpResponse:
    """A page with one button; what it posts is done, by whomever it was posted.

    Looking at it changes nothing: mail servers look at every link.
    """
    person = Person.objects.filter(pk=person_id, is_active=True).first()
    if person is None or not is_genuine(person_id, signature):
        raise OutOfReach
    if request.method == "POST":
        person = unsubscribe(person, at=clock.now())
    with translation.override(person.language):
        return render(request, "mailbox/unsubscribing.html", {"is_off": not person.wants_mail})
