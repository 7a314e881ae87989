from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("state of an e-mail", "Queued")
    SENDING = "sending", pgettext_lazy("state of an e-mail", "Being sent")
    SENT = "sent", pgettext_lazy("state of an e-mail", "Sent")
    FAILED = "failed", pgettext_lazy("state of an e-mail", "Failed")
    BOUNCED = "bounced", pgettext_lazy("state of an e-mail", "Returned")
    WITHHELD = "withheld", pgettext_lazy("state of an e-mail", "Not sent")


class Kind(models.TextChoices):
    CONFIRMATION = "confirmation"
    REPLY = "reply"
    RESOLUTION = "resolution"
    CLOSING = "closing"
    INVITATION = "invitation"
    # to the vendor's own staff
    NOTICE = "notice"
    REOPENING = "reopening"
    ASSIGNMENT = "assignment"
    # composed elsewhere, such as a sign-in code
    LETTER = "letter"


OF_AN_END = frozenset({Kind.RESOLUTION, Kind.CLOSING})
# Replies and what tells of them are written by people.
AUTOMATIC = frozenset(
    {
        Kind.CONFIRMATION,
        Kind.RESOLUTION,
        Kind.CLOSING,
        Kind.INVITATION,
        Kind.REOPENING,
        Kind.ASSIGNMENT,
    }
)
FOR_STAFF = frozenset({Kind.NOTICE, Kind.REOPENING, Kind.ASSIGNMENT})


class Cause(models.TextChoices):
    """Why a mail was not sent, as a sentence. What the server said stands beside it, word for word."""

    REFUSED = "refused", _("The recipient's mail server refused this e-mail.")
    POSTPONED = "postponed", _("The recipient's mail server asked us to try again later.")
    DECLINED = "declined", _("Our mail provider refused this e-mail.")
    NOT_NOW = "not_now", _("Our mail provider does not take our e-mails at present.")
    UNREACHABLE = "unreachable", _("Our mail server did not answer.")
    DIED = "died", _("Sending was interrupted. The e-mail may have been sent nevertheless.")
    BROKEN = "broken", _("This e-mail could not be written because of a fault on our side.")
    # told after it was sent
    RETURNED = "returned", _("The recipient's mail server took this e-mail and returned it.")
    LATE = "late", _("The recipient's mail server has not been able to deliver this e-mail yet.")
    COMPLAINED = "complained", _("The recipient has reported this e-mail as unwanted.")
    # withheld
    SUPPRESSED = "suppressed", _("Too many e-mails to this address came back, so it gets none any more.")
    REPEATED = (
        "repeated",
        _("This person got an automatic e-mail about the request in the last 24 hours."),
    )
    TOO_MANY = "too_many", _("This address got ten automatic e-mails in the last hour.")
    CIRCLING = (
        "circling",
        _("Two programs seem to answer each other: this person got 20 e-mails about the request in an hour."),
    )
    NO_RIGHT = "no_right", _("This person may no longer see the request.")
    UNWANTED = "unwanted", _("This person does not want e-mails.")
    GONE = "gone", _("This person's account is no longer active.")
    OVERTAKEN = "overtaken", _("The request was open again before this e-mail was sent.")
