"""The words of a mail as text and as HTML, whole and visible: both forms say the same, or one is left out."""

from dataclasses import dataclass

from guichet.foundation.html import markup, outline
from guichet.foundation.html.layout import ATTRIBUTES, lay_out
from guichet.foundation.html.sanitise import clean

from ..limits import Limits
from .bodies import Body
from .letters import cut_like, letters, text_like
from .nesting import check_nesting
from .quoted_html import MARKS, may_quote, without_history
from .trimming import Circumstances, trim

_A_FEW_WORDS = 100  # letters
_MUCH_MORE = 5


@dataclass(frozen=True, slots=True)
class Words:
    text: str = ""
    visible: str = ""
    html: str = ""
    html_visible: str = ""


def words_of(body: Body, known: Circumstances, limits: Limits, *, has_files: bool) -> Words:
    """Text from the HTML where there is no other, or none worth the name. Raises Beyond for hostile HTML.

    Nothing is visible where somebody wrote nothing but sent files.
    """
    text = body.text.strip()
    if not body.html.strip():
        trimmed = trim(text, known)
        return Words(text, "" if trimmed.is_wordless and has_files else trimmed.visible)
    check_nesting(body.html, limits)
    whole = list(outline.pieces(body.html, also=ATTRIBUTES | MARKS))
    laid_out = lay_out(whole).strip()[: limits.longest_text]
    if _says_little(text, laid_out):
        text = laid_out
    own = without_history(whole, known) if may_quote(body.html) else None
    trimmed = trim(text, known)
    visible = trimmed.visible
    if own is not None and letters(above := trim(lay_out(own).strip(), known).visible):
        visible = text_like(above, visible) or visible
    if has_files and (trimmed.is_wordless or (own is not None and not letters(lay_out(own)))):
        shown, visible = own or [], ""
    elif own is None and letters(visible) == letters(laid_out):
        shown = whole
    else:
        shown = cut_like(visible, own or whole) or cut_like(visible, whole)
    html = clean(markup.write(whole))
    return Words(text, visible, html, html if shown == whole else clean(markup.write(shown)))


def _says_little(text: str, laid_out: str) -> bool:
    """Whether the text only says that there is HTML, or where to read it."""
    if not text:
        return True
    much = len(letters(laid_out))
    return much > _A_FEW_WORDS and len(letters(text)) * _MUCH_MORE < much
