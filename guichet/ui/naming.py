"""The one place where page elements get their names."""

import re

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def dom_id(subject: object, *parts: object) -> str:
    """Name an element: ``dom_id("ticket", 42, "timeline")`` or ``dom_id(ticket, "timeline")``.

    The same name is the element's id, the htmx target, the live topic and the test's selector.
    An object is named by its class and its primary key.
    """
    if isinstance(subject, str):
        return "-".join(str(part) for part in (subject, *parts))
    kind = _WORD_START.sub("-", type(subject).__name__).lower()
    key = getattr(subject, "pk", None)
    if key is None:
        raise ValueError(f"A {kind} without a primary key cannot be named on a page.")
    return "-".join(str(part) for part in (kind, key, *parts))
