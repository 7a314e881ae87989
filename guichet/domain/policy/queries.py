import time

from django.conf import settings
from django.db.models import QuerySet

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
    found = newest().values_list("id", flat=True).first()
    if found is None:
        raise LookupError("No policy has been applied: run `guichet policy apply FILE`.")
    if found != _Cache.policy_id or _Cache.document is None:
        _Cache.document = read(AppliedPolicy.objects.get(pk=found).source)
        _Cache.policy_id = found
    _Cache.checked = time.monotonic()


def told(policy_id: int | None) -> None:
    """Take the id of the policy in force from somebody who asked for it beside something else.

    A page that asks for its session learns so, with no query more, that what is kept is fresh, or is not.
    """
    if policy_id == _Cache.policy_id:
        _Cache.checked = time.monotonic()
    else:
        forget()


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


def newest() -> QuerySet[AppliedPolicy]:
    """The policies that were ever applied; the first is in force."""
    return AppliedPolicy.objects.order_by("-id")


def in_force() -> AppliedPolicy | None:
    return newest().first()


def title_of(category_key: str, language: str) -> str:
    """The category's title, also for one that the policy no longer has."""
    rules = current().category(category_key)
    if rules:
        return say(rules.title, language)
    retired = Category.objects.filter(key=category_key).first()
    return say(retired.titles, language) if retired else category_key
