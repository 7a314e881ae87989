"""What phones and programs say of themselves below a mail: “Sent from my iPhone”, in their languages."""

import re

from ..languages import any_of
from .lines import bare

_sent_from = re.compile(any_of("sent_from"), re.IGNORECASE)
_invitation = re.compile(any_of("invitation"), re.IGNORECASE)
_excuse = re.compile(rf"[.,]?\s*(?:{any_of('excuse')})$", re.IGNORECASE)
# Without a device or a program, “Sent from Paris” is what somebody has to say.
_devices = re.compile(any_of("devices"), re.IGNORECASE)
_ADDRESS = re.compile(r"\s*[<(\[]?https?://\S{1,300}[>)\]]?")
_BRACKETS = str.maketrans("", "", "[]<>()")
_LONGEST, _MOST_WORDS = 90, 11
_SENTENCE = re.compile(r"[,;!?]|\.\s")  # “Sent from my desk, which is easier than from my phone”


def is_footer(line: str) -> bool:
    """Whether a program wrote this line about itself."""
    words = _ADDRESS.sub("", bare(line)).translate(_BRACKETS).strip(" .。-–—")
    if not words or len(words) > _LONGEST:
        return False
    if _invitation.fullmatch(words):
        return True
    words = _excuse.sub("", words).rstrip(" .")
    if _SENTENCE.search(words) or len(words.split()) > _MOST_WORDS:
        return False
    return _sent_from.fullmatch(words) is not None and _devices.search(words) is not None
