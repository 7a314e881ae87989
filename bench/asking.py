"""What is asked of each system: six actions, every time as somebody else and about something else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from .seed.story import SEARCHES
from .seed.texts import sentences, subject

ACTIONS = ("submit", "desk list", "thread", "search", "portal list", "reply")
VARIETY = 24  # different asks of each action, in turn
TOKEN = "b" * 32  # a form's token is right when it equals the cookie's


@dataclass(frozen=True)
class Ask:
    """One thing a person does: several requests where a browser needs them before anything can be read."""

    paths: tuple[str, ...]
    cookies: Mapping[str, str]
    form: Mapping[str, str] | None = None

    @property
    def body(self) -> bytes | None:
        return None if self.form is None else urlencode(self.form).encode()


Make = Callable[[int], Ask]


def words(index: int) -> str:
    return " ".join(sentences(index, 0))


def of(items: list[Any], index: int) -> Any:
    return items[index % VARIETY % len(items)]


def asks_of_guichet(cast: dict[str, Any]) -> dict[str, Make]:
    """The six actions; call each with 0, 1, 2…"""

    def agent(index: int) -> dict[str, str]:
        return {cast["cookie"]: of(cast["agents"], index), cast["csrf"]: TOKEN}

    def customer(index: int) -> dict[str, str]:
        return {cast["cookie"]: of(cast["customers"], index), cast["csrf"]: TOKEN}

    def submit(index: int) -> Ask:
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "client_key": str(uuid4()),
            "category": "technical",
            "subject": subject(index),
            "description": words(index),
            "answer-workspace": "https://app.example.com/north",
        }
        return Ask(("/requests/new/",), customer(index), form)

    def reply(index: int) -> Ask:
        form = {"csrfmiddlewaretoken": TOKEN, "client_key": str(uuid4()), "body": words(index)}
        return Ask((f"/desk/tickets/{of(cast['open'], index)}/replies/",), agent(index), form)

    return {
        "submit": submit,
        "desk list": lambda index: Ask(("/desk/unassigned/",), agent(index)),
        "thread": lambda index: Ask((f"/desk/tickets/{of(cast['threads'], index)}/",), agent(index)),
        "search": lambda index: Ask((f"/desk/search/?q={of([*SEARCHES], index)}",), agent(index)),
        "portal list": lambda index: Ask(("/requests/",), customer(index)),
        "reply": reply,
    }
