"""The policy as values. `reading.py` makes them from policy.toml; everything else only asks them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Texts = Mapping[str, str]  # language code → text


def say(texts: Texts, language: str) -> str:
    """The text in this language, else in English, else in whichever there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


class Strangers(StrEnum):
    """What becomes of a first mail from an address that nobody has here."""

    HOLD = "hold"
    OPEN = "open"


class FieldKind(StrEnum):
    LINE = "line"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    key: str
    label: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidedField:
    """A question asked in a category, beside the description."""

    key: str
    kind: FieldKind
    label: Texts
    hint: Texts = field(default_factory=dict)
    required: bool = False
    max_length: int = 500
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRules:
    """A category: what it is called, when to use it, what helps, and the bounds of its description.

    Lengths are in grapheme clusters (UAX #29), counted after trimming.
    """

    key: str
    title: Texts
    when: Texts
    tips: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    icon: str = "message-circle"
    min_length: int = 10
    max_length: int = 5000
    fields: tuple[GuidedField, ...] = ()

    def tips_in(self, language: str) -> tuple[str, ...]:
        return self.tips.get(language) or self.tips.get("en") or ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    name: str
    accent: str = "#2f6f5e"
    languages: tuple[str, ...] = ("en",)
    default_language: str = "en"
    email: str = ""
    phone: str = ""
    website: str = ""
    hours: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRules:
    reopen_days: int = 30
    close_resolved_days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRules:
    max_mb: int = 25
    max_files: int = 10

    @property
    def max_bytes(self) -> int:
        return self.max_mb * 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """An address that customers write to. Mails about a request come from the one it came to.

    `name` and `signature` are empty where the vendor's name alone is said; `category` is that of the requests
    that mails open, the first one if empty.
    """

    key: str
    address: str
    name: Texts = field(default_factory=dict)
    signature: Texts = field(default_factory=dict)
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRules:
    strangers: Strangers = Strangers.HOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """Everything the vendor decides, complete and checked."""

    vendor: Vendor
    categories: tuple[CategoryRules, ...]
    requests: RequestRules = RequestRules()
    attachments: AttachmentRules = AttachmentRules()
    mail: MailRules = MailRules()
    mailboxes: tuple[Mailbox, ...] = ()

    def category(self, key: str) -> CategoryRules | None:
        return next((category for category in self.categories if category.key == key), None)

    def asked(self, key: str) -> dict[str, GuidedField]:
        """The fields of all categories by their keys, this one's first: a moved request keeps its answers."""
        own = self.category(key)
        fields = {one.key: one for one in own.fields} if own else {}
        for category in self.categories:
            for one in category.fields:
                fields.setdefault(one.key, one)
        return fields
