"""What a mail says, before it is text or HTML: both are made from it, so that they say the same."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from markupsafe import Markup

from ..mark import mark
from .earlier import Earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said in a request: their words as text and as safe HTML, and the names of their files."""

    title: str
    text: str
    html: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail in words. `facts` are labels with texts, `action` is a label and an address; `because` tells why
    its reader gets it, `signature` who writes. `earlier` is what was said before, the latest first.
    """

    greeting: str
    opening: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    quote: Quote | None = None
    closing: tuple[str, ...] = ()
    action: tuple[str, str] | None = None
    because: str = ""
    vendor: str = ""
    signature: str = ""
    earlier: tuple[Earlier, ...] = ()
    settings: tuple[str, str] | None = None

    @property
    def marked(self) -> str:
        return mark(_("Please write your answer above this line"))


def as_text(letter: Letter) -> str:
    """The letter as plain text. Lines are as long as their paragraphs: mail readers break them themselves."""
    blocks = [letter.marked, letter.greeting, *letter.opening, *("\n".join(fact) for fact in letter.facts)]
    if letter.quote:
        blocks += [letter.quote.title, letter.quote.text, *(f"📎 {name}" for name in letter.quote.files)]
    blocks += letter.closing
    if letter.action:
        blocks.append("\n".join(letter.action))
    if letter.earlier:
        blocks.append(_("Said before"))
        blocks += [f"{said.title}\n{_indented(said.text)}" for said in letter.earlier]
    foot = filter(None, (letter.signature, letter.because))
    blocks.append("\n".join(["-- ", *foot, *(letter.settings or ())]))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _indented(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def as_html(letter: Letter, *, language: str, accent: str) -> str:
    quoted = Markup(letter.quote.html) if letter.quote else ""  # noqa: S704  sanitised when it was said
    earlier = [(said, Markup(said.html)) for said in letter.earlier]  # noqa: S704  likewise
    context = {
        "letter": letter,
        "quoted": quoted,
        "earlier": earlier,
        "language": language,
        "accent": accent,
    }
    return render_to_string("email/letter.html", context)
