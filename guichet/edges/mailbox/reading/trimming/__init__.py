"""The words somebody wrote, apart from the mails that their program quoted and what it adds.

Rather too much is shown than too little: what cannot be told for certain from somebody's own words stays.
"""

from dataclasses import dataclass

from .circumstances import Circumstances, circumstances
from .history import history_in
from .separators import is_rule
from .signatures import without_signature

__all__ = ["Circumstances", "Trimmed", "circumstances", "trim"]

_UNKNOWN = Circumstances()


@dataclass(frozen=True, slots=True)
class Trimmed:
    """`visible` is what to show; `was_cut` says that the mail holds more.

    `is_wordless` says that somebody wrote nothing: then `visible` is their signature, or all of it.
    """

    visible: str
    was_cut: bool = False
    is_wordless: bool = False


def trim(text: str, known: Circumstances = _UNKNOWN) -> Trimmed:
    """The answer in `text`, the whole text of a mail, of whose headers as much is `known`.

    Quoted mails go where an introduction and marked lines show them, or headers that no person types, or the
    line that our own mails begin with; a signature goes with them. Whoever writes between quoted lines is
    shown with all of them, and whoever passes a mail on, with that mail.
    """
    lines = text.strip("\n").split("\n")
    history = history_in(lines, known)
    own = lines[: history.start]
    while own and (not own[-1].strip() or (history.start < len(lines) and is_rule(own[-1]))):
        own.pop()
    own += lines[history.end :]
    words = "\n".join(own if known.is_forward else without_signature(own)).strip()
    whole = text.strip()
    visible = words or "\n".join(own).strip() or whole
    return Trimmed(visible, was_cut=visible != whole, is_wordless=not words)
