"""The form of a new request as the policy asks it: categories, tips, questions and bounds."""

from collections.abc import Mapping
from dataclasses import dataclass

from guichet.domain.policy.document import CategoryRules, GuidedField, say
from guichet.domain.policy.queries import current
from guichet.foundation.refusals import Sentence

OWN_FIELDS = ("organisation", "category", "subject", "description")
_ANSWER = "answer-"  # a question may be called `subject` in the policy, and must not be taken for ours


@dataclass(frozen=True, slots=True)
class Card:
    """A category to choose."""

    value: str
    title: str
    hint: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A guided field with what was answered and what is wrong with it."""

    name: str
    kind: str
    label: str
    hint: str
    required: bool
    options: list[tuple[str, str]]
    value: str
    error: Sentence


def cards(language: str) -> list[Card]:
    return [
        Card(each.key, say(each.title, language), say(each.when, language), each.icon)
        for each in current().categories
    ]


def questions(
    rules: CategoryRules, language: str, typed: Mapping[str, str], mistakes: Mapping[str, Sentence]
) -> list[Question]:
    return [_question(asked, language, typed, mistakes) for asked in rules.fields]


def _question(
    asked: GuidedField, language: str, typed: Mapping[str, str], mistakes: Mapping[str, Sentence]
) -> Question:
    name = _ANSWER + asked.key
    return Question(
        name=name,
        kind=asked.kind.value,
        label=say(asked.label, language),
        hint=say(asked.hint, language),
        required=asked.required,
        options=[(choice.key, say(choice.label, language)) for choice in asked.choices],
        value=typed.get(name, ""),
        error=mistakes.get(name, ""),
    )


def field_names() -> list[str]:
    """Every field that the form has in one category or another: what a draft keeps."""
    asked = {_ANSWER + each.key: None for category in current().categories for each in category.fields}
    return [*OWN_FIELDS, *asked]


def is_begun(draft: Mapping[str, str]) -> bool:
    """Whether somebody has written something: a category chosen is no work that could be lost."""
    return any(draft[name] for name in draft if name not in ("organisation", "category"))


def answers_in(typed: Mapping[str, str]) -> dict[str, str]:
    """The answers under the keys of the policy."""
    return {name.removeprefix(_ANSWER): typed[name] for name in typed if name.startswith(_ANSWER)}


def in_order(mistakes: Mapping[str, Sentence], rules: CategoryRules | None) -> dict[str, Sentence]:
    """The mistakes under the names of the fields on the page, in the order of the page."""
    asked = [field.key for field in rules.fields] if rules else []
    named = {_ANSWER + name if name in asked else name: sentence for name, sentence in mistakes.items()}
    answers = (_ANSWER + key for key in asked)
    order = ("organisation", "category", "subject", "description", *answers, "attachments")
    return {name: named[name] for name in order if name in named}
