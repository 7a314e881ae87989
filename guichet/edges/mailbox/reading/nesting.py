"""HTML that was written to stop its readers."""

import re

from ..limits import Beyond, Limits

_TAG = re.compile(
    r"<(/?)(?:div|span|table|blockquote|font|center|section|b|i|u|em|strong|ul|ol|a)\b", re.IGNORECASE
)


def check_nesting(html: str, limits: Limits) -> None:
    """Raises Beyond where tags lie in each other deeper than in any mail that somebody wrote."""
    if html.count("<") <= limits.deepest_html:
        return
    depth = 0
    for tag in _TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > limits.deepest_html:
            raise Beyond(f"HTML nested more than {limits.deepest_html} deep")
