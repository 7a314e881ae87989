"""The one way for other parts to send a mail that they have written themselves, such as a sign-in code."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from guichet.foundation import pubsub
from guichet.foundation.text.cleaning import clean_line
from guichet.foundation.text.folding import fold_email

from ..moment import moment
from .mail_ids import new_mail_id
from .models import Delivery
from .states import Kind

PERSISTENCE = timedelta(minutes=15)  # a code that comes later is of no use to anybody


@transaction.atomic
def queue_mail(
    to: str,
    subject: str,
    text: str,
    html: str = "",
    language: str = "en",
    *,
    sensitive: bool = True,
    answers_mail: bool = False,
    key: str = "",
    patience: timedelta = PERSISTENCE,
) -> None:
    """Have a mail sent to the address `to` before all others; given up when `patience` ends.

    `html` must be safe already. The words of a `sensitive` one are forgotten as soon as it is sent or given
    up. One that `answers_mail` is withheld where there were too many. A second mail with the same `key` is
    not sent. Raises ValueError when `to` is no address.
    """
    at = moment()
    letter = Delivery(
        key=f"letter:{key or uuid4().hex}",
        mail_id=new_mail_id(),
        kind=Kind.LETTER,
        address=fold_email(to),
        language=language,
        subject=clean_line(subject),
        text=text,
        html=html,
        sensitive=sensitive,
        answers_mail=answers_mail,
        urgent=True,
        next_try_at=at,
        give_up_at=at + patience,
        created_at=at,
    )
    Delivery.objects.bulk_create([letter], ignore_conflicts=True)
    transaction.on_commit(pubsub.wake)
