"""The mails of this door: codes, and news about how somebody signs in. They go out through the queue."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from guichet.domain.people.models import Person
from guichet.domain.policy import queries as policy
from guichet.foundation.clock import now
from guichet.reactions.email.outgoing import queue_mail
from guichet.ui.formats import exact

# By the names that allauth gives to its mails. The code is in no subject and in no first line:
# those are what a locked screen shows.
CODES = {
    "account/email/login_code": (
        _("Your code to sign in to %(vendor)s"),
        _("You asked to sign in to %(vendor)s. Type this code on the page where you asked for it:"),
    ),
    "account/email/proof_code": (
        _("Your code to confirm that it is you"),
        _("You are about to change how you sign in to %(vendor)s. Type this code to confirm that it is you:"),
    ),
}
NEWS = {
    "account/email/password_set": (_("A password was set"), _("A password was set for your account.")),
    "account/email/password_changed": (
        _("Your password was changed"),
        _("The password of your account was changed."),
    ),
    "account/email/password_removed": (
        _("Your password was removed"),
        _("The password of your account was removed."),
    ),
    "mfa/email/totp_activated": (
        _("An authenticator app was added"),
        _("Signing in to your account now asks for a code of your authenticator app."),
    ),
    "mfa/email/totp_deactivated": (
        _("An authenticator app was removed"),
        _("Signing in to your account no longer asks for a code of your authenticator app."),
    ),
    "mfa/email/webauthn_added": (_("A passkey was added"), _("A passkey was added to your account.")),
    "mfa/email/webauthn_removed": (_("A passkey was removed"), _("A passkey was removed from your account.")),
    "mfa/email/recovery_codes_generated": (
        _("New recovery codes were made"),
        _("New recovery codes were made for your account. The earlier ones no longer work."),
    ),
}


def write_to(person: Person, mail: str, facts: Mapping[str, object]) -> None:
    """Queue one of CODES or NEWS, in the person's language."""
    subject, text, page = compose(mail, facts, person.language, person.time_zone)
    queue_mail(person.email, subject, text, page, person.language, sensitive=True)


def compose(mail: str, facts: Mapping[str, object], language: str, time_zone: str) -> tuple[str, str, str]:
    """Subject, text and HTML. `facts` holds the code of a mail that brings one."""
    vendor = policy.current().vendor.name
    code = str(facts.get("code", ""))
    with translation.override(language), timezone.override(time_zone):
        subject, opening = (gettext(words) % {"vendor": vendor} for words in (CODES | NEWS)[mail])
        paragraphs = [opening, code, *_about_the_code(vendor)] if code else [opening, *_about_the_news()]
        context = {"language": language, "vendor": vendor, "code": code, "paragraphs": paragraphs}
        page = render_to_string("account/email/message.html", context)
    return subject, "\n\n".join(paragraphs) + "\n", page


def _about_the_code(vendor: str) -> list[str]:
    once = gettext(
        "It works once, for 10 minutes, in the browser where you asked for it. "
        "Nobody from %(vendor)s will ever ask you for it."
    )
    unasked = gettext("If you did not ask for it, ignore this mail: without the code nobody comes in.")
    return [once % {"vendor": vendor}, unasked]


def _about_the_news() -> list[str]:
    happened = gettext("This happened on %(moment)s.") % {"moment": exact(now())}
    unasked = gettext("If it was not you, please sign in, remove what you do not know, and write to us.")
    return [happened, unasked]
