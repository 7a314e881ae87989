from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a request, as tokens. `scope`: `o<organisation>` and `p<person>` of who may see it."""

    public: tuple[str, ...]
    notes: tuple[str, ...]
    scope: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for: any of the `alternatives`, each a group of tokens that all must be there.

    The last token of a group also finds longer words. `scope` None looks everywhere.
    """

    alternatives: tuple[tuple[str, ...], ...]
    with_notes: bool
    scope: tuple[str, ...] | None
