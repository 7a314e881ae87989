from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(models.TextChoices):
    """How a mail came in."""

    COMMAND = "command", pgettext_lazy("how an e-mail came in", "Handed over by a command")
    IMAP = "imap", pgettext_lazy("how an e-mail came in", "Fetched from a mailbox")
    LMTP = "lmtp", pgettext_lazy("how an e-mail came in", "Handed over by a mail server (LMTP)")
    SMTP = "smtp", pgettext_lazy("how an e-mail came in", "Handed over by a mail server (SMTP)")
    HAND = "hand", pgettext_lazy("how an e-mail came in", "Brought in by hand")
    WEBHOOK = "webhook", pgettext_lazy("how an e-mail came in", "Handed over by a mail provider")


class State(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("state of a received e-mail", "Received")
    ASKED = "asked", pgettext_lazy("state of a received e-mail", "Waiting for its sender")
    DELIVERED = "delivered", pgettext_lazy("state of a received e-mail", "Delivered")
    DUPLICATE = "duplicate", pgettext_lazy("state of a received e-mail", "Received twice")
    UNSORTED = "unsorted", pgettext_lazy("state of a received e-mail", "Unsorted")
    DISMISSED = "dismissed", pgettext_lazy("state of a received e-mail", "Dealt with")


class Reason(models.TextChoices):
    """Why a mail waits for a person, as a sentence."""

    UNREADABLE = "unreadable", _("This e-mail could not be read.")
    AUTOMATIC = "automatic", _("A machine wrote this e-mail.")
    NO_ADDRESS = "no_address", _("It was sent to no mailbox of ours, and to no reply address of a request.")
    FORGED = "forged", _("It answers a mail or an address of ours that we never made.")
    SEVERAL = "several", _("It was sent to the reply addresses of several requests.")
    NO_SENDER = "no_sender", _("It names no sender, or more than one.")
    OURS = "ours", _("It comes from an address of our own.")
    STAFF = "staff", _("Somebody of our own team wrote it, to a mailbox for customers.")
    UNKNOWN = "unknown", _("We know nobody with the address that it comes from.")
    UNPROVEN = "unproven", _("Nothing proves that it comes from the address that it names.")
    NO_RIGHT = "no_right", _("Its sender may no longer write in this request.")
    EMPTY = "empty", _("There is nothing in it.")
    REFUSED = "refused", _("The request does not take it.")
    FAULT = "fault", _("It could not be delivered because of a fault on our side.")


class Fault(models.TextChoices):
    """The step at which a mailbox could not be read, as a sentence."""

    NAME = "name", _("The name of its server is not known. Is it spelt right?")
    SERVER = "server", _("Its server does not answer at this port.")
    ENCRYPTION = "encryption", _("No safe connection could be made: its server’s certificate is not valid.")
    TOKEN = "token", _("No access token was given. Was the access revoked?")
    SIGN_IN = "sign_in", _("Its server refuses this user or password.")
    FOLDER = "folder", _("There is no such folder.")
    LOST = "lost", _("The connection was lost; it is made again.")
