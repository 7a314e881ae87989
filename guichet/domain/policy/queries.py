import time

from django.conf import settings

from .document import Mailbox, PolicyDocument, say
from .models import AppliedPolicy, Category
from .reading import read

# A policy is read on every page and changes a few times a year: another process's
# change is seen within this many seconds, one's own at once (see `forget`).
_FRESH_SECONDS = 2.0


class _Cache:
    policy_id: int | None = None
    document: PolicyDocument | None = None
    checked: float = float("-inf")


def current() -> PolicyDocument:
    """The policy in force. Raises LookupError where none was ever applied (`guichet policy apply`)."""
    fresh = time.monotonic() - _Cache.checked < _FRESH_SECONDS
    if _Cache.document is None or not fresh:
        _refresh()
    assert _Cache.document is not None
    return _Cache.document


def _refresh() -> None:
    newest = AppliedPolicy.objects.order_by("-id").values_list("id", flat=True).first()
    if newest is None:
        raise LookupError("No policy has been applied: run `guichet policy apply FILE`.")
    if newest != _Cache.policy_id or _Cache.document is None:
        _Cache.document = read(AppliedPolicy.objects.get(pk=newest).source)
        _Cache.policy_id = newest
    _Cache.checked = time.monotonic()


def forget() -> None:
    """Read the policy again at the next question."""
    _Cache.policy_id, _Cache.document, _Cache.checked = None, None, float("-inf")


def mailboxes() -> tuple[Mailbox, ...]:
    """The addresses that customers write to; the one that our mails come from where the policy names none."""
    return current().mailboxes or (Mailbox(key="support", address=settings.GUICHET_MAIL_FROM.lower()),)


def mailbox_named(key: str) -> Mailbox:
    """The mailbox with this key; the first one for none, and for one that the policy no longer has."""
    known = mailboxes()
    return next((mailbox for mailbox in known if mailbox.key == key), known[0])


def in_force() -> AppliedPolicy | None:
    return AppliedPolicy.objects.order_by("-id").first()


def title_of(category_key: str, language: str) -> str:
    """The category's title, also for one that the policy no longer has."""
    rules = current().category(category_key)
    if rules:
        return say(rules.title, language)
    retired = Category.objects.filter(key=category_key).first()
    return say(retired.titles, language) if retired else category_key
