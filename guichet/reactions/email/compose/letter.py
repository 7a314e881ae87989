"""What a mail says, before it is text or HTML: both are made from it, so that they say the same."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from markupsafe import Markup

from ..mark import mark


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
    its reader gets it.
    """

    greeting: str
    opening: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    quote: Quote | None = None
    closing: tuple[str, ...] = ()
    action: tuple[str, str] | None = None
    because: str = ""
    vendor: str = ""
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
    blocks.append(
        "\n".join(["-- ", *filter(None, (letter.vendor, letter.because)), *(letter.settings or ())])
    )
    return "\n\n".join(block for block in blocks if block) + "\n"


def as_html(letter: Letter, *, language: str, accent: str) -> str:
    quoted = Markup(letter.quote.html) if letter.quote else ""  # noqa: S704  sanitised when it was said
    context = {"letter": letter, "quoted": quoted, "language": language, "accent": accent}
    return render_to_string("email/letter.html", context)
