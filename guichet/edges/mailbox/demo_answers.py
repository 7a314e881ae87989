"""In a demonstration, answering a captured mail as its recipient would from their mailbox."""

from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import make_msgid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guichet.foundation.refusals import OutOfReach
from guichet.foundation.text.cleaning import clean_text
from guichet.reactions.email.models import CapturedMail

from .deliver import deliver
from .states import State

_LONGEST = 20_000


@login_not_required
@require_POST
def create(request: HttpRequest, captured_id: int) -> HttpResponse:
    """Send the answer that was typed through the stages of any mail. 404 outside a demonstration."""
    captured = CapturedMail.objects.filter(pk=captured_id).first() if settings.GUICHET_OUTBOX else None
    if captured is None:
        raise OutOfReach
    words = clean_text(request.POST.get("body", "")[:_LONGEST])
    row = deliver(_answer_to(bytes(captured.raw), words), verified=True)
    if row.state == State.DELIVERED:
        messages.success(request, _("Your answer is in request #%(number)s.") % {"number": row.ticket_id})
    else:
        messages.warning(request, f"{row.get_state_display()}. {row.get_reason_display()}")
    return redirect("outbox:mail", captured_id)


def _answer_to(raw: bytes, words: str) -> bytes:
    headers = BytesHeaderParser(policy=default).parsebytes(raw)
    answer = EmailMessage()
    answer["From"] = str(headers["To"])
    answer["To"] = str(headers["Reply-To"] or headers["From"])
    answer["Subject"] = f"Re: {headers['Subject']}"
    answer["Message-ID"] = make_msgid(domain=settings.GUICHET_MAIL_DOMAIN)
    answer["In-Reply-To"] = str(headers["Message-ID"])
    answer.set_content(words)
    return answer.as_bytes()
