from dataclasses import dataclass

NOTE, SCOPE = "¬", "§"  # no token holds these signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a request, as tokens. `scope`: `o<organisation>` and `p<person>` of who may see it."""

    public: tuple[str, ...]
    notes: tuple[str, ...]
    scope: tuple[str, ...]

    @property
    def terms(self) -> frozenset[str]:
        """All in one bag, words of notes and scope known by their signs."""
        marked = (*(NOTE + token for token in self.notes), *(SCOPE + key for key in self.scope))
        return frozenset((*self.public, *marked))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for: any of the `alternatives`, each a group of tokens that all must be there.

    The last token of a group also finds longer words. `scope` None looks everywhere.
    """

    alternatives: tuple[tuple[str, ...], ...]
    with_notes: bool
    scope: tuple[str, ...] | None

    def terms_of(self, token: str) -> tuple[str, ...]:
        """What a token may stand as in the index."""
        return (token, NOTE + token) if self.with_notes else (token,)
