"""The statements and the length of each answer, recorded inside one process with Django's test client.

What the floor replays, and how many queries a page takes. Run by bench/run with Guichet's own environment:
`python -m bench.recording CAST.json OUT.pickle`.
"""

import json
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection
from django.test import Client

from bench.asking import VARIETY, Ask, asks_of_guichet

# What holds a transaction together is no question.
_FRAME = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@dataclass
class Answer:
    status: int
    length: int
    statements: list[tuple[str, Any]] = field(default_factory=list)
    writes: bool = False


def recorded(ask: Ask) -> Answer:
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies.load(dict(ask.cookies))
    statements: list[tuple[str, Any]] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(_FRAME):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        answer = client.get(ask.paths[0]) if ask.form is None else client.post(ask.paths[0], dict(ask.form))
    return Answer(answer.status_code, len(answer.content), statements, writes=ask.form is not None)


def main() -> None:
    cast, kept = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
    made = {}
    for name, make in asks_of_guichet(cast).items():
        recorded(make(0))  # warms templates and policy
        made[name] = [recorded(make(index)) for index in range(VARIETY)]
    plain = {name: [vars(answer) for answer in answers] for name, answers in made.items()}
    kept.write_bytes(pickle.dumps(plain))


if __name__ == "__main__":
    main()
