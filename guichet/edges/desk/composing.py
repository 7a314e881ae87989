"""The two forms of the composer, as they stand: what is typed, what is attached, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID, uuid4

from markupsafe import Markup

from guichet.domain.tickets.models import Ticket
from guichet.edges.chips import Enclosed, enclosed
from guichet.edges.posted import client_key, number_in
from guichet.edges.requests import SignedInRequest
from guichet.edges.uploads import Intake, take_in
from guichet.foundation.html import markdown
from guichet.foundation.refusals import Invalid, Refusal, Sentence

Kind = Literal["reply", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composing:
    """A form of the composer. `having_read` is the last message its author saw when it was begun.

    `drafted` are the ids of a draft's files: the picker asks for them, so that they cost the page no query.
    """

    kind: Kind
    body: str = ""
    having_read: int = 0
    client_key: UUID = field(default_factory=uuid4)
    files: Enclosed = field(default_factory=Enclosed)
    drafted: str = ""
    mistakes: Mapping[str, Sentence] = field(default_factory=dict)
    warning: Sentence = ""
    preview: Markup = Markup()  # noqa: RUF009  a string is never changed

    @property
    def error(self) -> Sentence:
        return next(iter(self.mistakes.values()), "")


@dataclass(frozen=True, slots=True)
class Posted:
    """What came with a form of the composer."""

    body: str
    having_read: int | None
    client_key: UUID | None
    intake: Intake
    then: str

    @classmethod
    def read(cls, request: SignedInRequest) -> "Posted":
        """Files that come with the form are taken in first, so that none is lost when it comes back.

        Raises Invalid where one could not be; its sentence stands beside the form.
        """
        return cls(
            body=request.POST.get("body", ""),
            having_read=number_in(request.POST.get("having_read", "")),
            client_key=client_key(request),
            intake=take_in(request),
            then=request.POST.get("then", ""),
        )

    def check(self) -> None:
        if self.intake.mistakes:
            raise Invalid(self.intake.mistakes)

    def handed_back(
        self, request: SignedInRequest, kind: Kind, ticket: Ticket, refusal: Refusal | None = None
    ) -> Composing:
        """The form again, with everything that was typed and why it was not taken; or with its preview.

        Whoever is shown a new message with the warning has read it: a second try goes through.
        """
        mistakes = refusal.mistakes if isinstance(refusal, Invalid) else {}
        return Composing(
            kind=kind,
            body=self.body,
            having_read=ticket.last_message_id if refusal else self.having_read or 0,
            client_key=self.client_key or uuid4(),
            files=enclosed(request.actor, self.intake, mistakes),
            mistakes=mistakes,
            warning=refusal.sentence if refusal and not mistakes else "",
            preview=Markup() if refusal else Markup(markdown.render(self.body)),  # noqa: S704  sanitised
        )
