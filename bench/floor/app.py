"""The floor: no framework, the statements that Guichet sends with the same driver, pages of the same length.

Started by bench/run under uvicorn; FLOOR_DATABASE and FLOOR_STATEMENTS say which. An action is asked for as
/<action>/<n>, and replays what was recorded for the n-th ask. Nothing is checked: less is not possible.
"""

import os
import pickle
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg

DATABASE = os.environ["FLOOR_DATABASE"]
ANSWERS = pickle.loads(Path(os.environ["FLOOR_STATEMENTS"]).read_bytes())  # noqa: S301  our own file
_KEY = re.compile("[0-9a-f]{32}")
_NAMED = re.compile(r"%\((\w+)\)s")
_FILLER = "<p>" + "lorem ipsum " * 20_000

Rows = Callable[[str, Any], Iterable[tuple[Any, ...]]]


def _sqlite() -> tuple[Rows, Callable[[str], Any]]:
    connection = sqlite3.connect(DATABASE, isolation_level=None, timeout=20, cached_statements=500)
    connection.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    )
    for answers in ANSWERS.values():
        for answer in answers:
            answer["statements"] = [
                (_NAMED.sub(r":\1", sql.replace("%s", "?")), params) for sql, params in answer["statements"]
            ]
    return connection.execute, connection.execute


def _postgres() -> tuple[Rows, Callable[[str], Any]]:
    cursor = psycopg.connect(DATABASE, autocommit=True).cursor()

    def rows(sql: str, params: Any) -> Iterable[tuple[Any, ...]]:
        cursor.execute(sql.encode(), params)
        return cursor.fetchall() if cursor.description else ()

    return rows, lambda sql: cursor.execute(sql.encode())


is_postgres = DATABASE.startswith("postgres")
fetch, frame = _postgres() if is_postgres else _sqlite()


def answer_to(action: str, number: int) -> tuple[int, bytes]:
    answer = ANSWERS[action][number % len(ANSWERS[action])]
    if answer["writes"]:
        frame("BEGIN" if is_postgres else "BEGIN IMMEDIATE")
        for sql, params in answer["statements"]:
            list(fetch(sql, [_fresh(value) for value in params or ()]))
        frame("COMMIT")
        return answer["status"], b""
    page = "".join(
        f"<li>{row}</li>\n" for sql, params in answer["statements"] for row in fetch(sql, params or ())
    )
    return answer["status"], (page + _FILLER)[: answer["length"]].encode()


def _fresh(value: Any) -> Any:
    # The key of a form is unique: each time another, as from another form.
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    return uuid.uuid4().hex if isinstance(value, str) and _KEY.fullmatch(value) else value


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    _, action, number = scope["path"].split("/")
    status, body = answer_to(action.replace("-", " "), int(number)) if action in PATHS else (200, b"")
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


PATHS = {name.replace(" ", "-") for name in ANSWERS}
