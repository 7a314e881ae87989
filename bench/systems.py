"""The floor and django-helpdesk as they are measured."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from .asking import TOKEN, VARIETY, Ask, Make, of, words
from .database import Cluster
from .guichet import Installation
from .machine import CACHE, PYTHON, ROOT, free_port, run, running
from .seed.story import SEARCHES
from .seed.texts import subject


@contextmanager
def floor(guichet: Installation, statements: Path, port: int) -> Iterator[psutil.Process]:
    """The bare application on Guichet's own tables."""
    env = {"FLOOR_DATABASE": guichet.database, "FLOOR_STATEMENTS": str(statements)}
    command = [
        PYTHON,
        "-m",
        "uvicorn",
        "bench.floor.app:application",
        "--port",
        str(port),
        "--loop",
        "uvloop",
    ]
    command += ["--http", "httptools", "--lifespan", "off", "--no-access-log", "--log-level", "warning"]
    with running(command, env, guichet.log, ready=f"http://127.0.0.1:{port}/ready/0") as process:
        yield process


def asks_of_floor(action: str) -> Make:
    def ask(index: int) -> Ask:
        form = {"body": words(index)} if action in ("submit", "reply") else None
        return Ask((f"/{action.replace(' ', '-')}/{index % VARIETY}",), {}, form)

    return ask


@dataclass
class Helpdesk:
    """django-helpdesk from its package, in an environment of its own, on the same PostgreSQL."""

    tickets: int
    url: str
    port: int = field(default_factory=free_port)

    @classmethod
    @contextmanager
    def filled(cls, tickets: int, cluster: Cluster) -> Iterator["Helpdesk"]:
        """A copy of one that was filled, once."""
        name = f"helpdesk_{tickets}"
        cls(tickets, cluster.create(name)).fill()
        with cluster.copied(name) as url:
            yield cls(tickets, url)

    @property
    def folder(self) -> Path:
        return CACHE / f"helpdesk-{self.tickets}"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def python(self) -> Path:
        return CACHE / "helpdesk" / "bin" / "python"

    @property
    def env(self) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": "bench.helpdesk.settings", "HELPDESK_DATABASE": self.url}

    def fill(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._install()
        if not self.kept.exists():
            run([self.python, "-m", "django", "migrate", "--verbosity", "0"], self.env, self.log)
            seed = f"{self.python} -m bench.seed.helpdesk".split()
            run([*seed, str(self.tickets), self.kept, self.url], self.env, self.log)

    @property
    def kept(self) -> Path:
        return self.folder / "cast.json"

    def _install(self) -> None:
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", self.python.parent.parent], check=True)
        lock = ROOT / "bench" / "helpdesk.txt"
        pip = f"{self.python} -m pip install --quiet --disable-pip-version-check --require-hashes".split()
        run([*pip, "-r", lock], {}, self.log)

    @contextmanager
    def serving(self) -> Iterator[psutil.Process]:
        server = f"{self.python} -m gunicorn bench.helpdesk.wsgi --bind 127.0.0.1:{self.port} --keep-alive 75"
        command = f"{server} --worker-class gthread --workers 2 --threads 2 --timeout 600".split()
        with running(command, self.env, self.log, ready=f"http://127.0.0.1:{self.port}/login/") as process:
            yield process

    def asks(self) -> dict[str, Make]:
        """A list that a script fetches after the page is asked for like a browser does: page, then rows."""
        cast: dict[str, Any] = json.loads(self.kept.read_text())

        def as_one_of(people: str, index: int) -> dict[str, str]:
            return {"sessionid": of(cast[people], index), "csrftoken": TOKEN}

        def submit(index: int) -> Ask:
            form = {
                "csrfmiddlewaretoken": TOKEN,
                "queue": "2",
                "title": subject(index),
                "body": words(index),
                "priority": "3",
                "submitter_email": of(cast["emails"], index),
            }
            return Ask(("/tickets/submit/",), as_one_of("customers", index), form)

        def reply(index: int) -> Ask:
            number = of(cast["open"], index)
            form = {"csrfmiddlewaretoken": TOKEN, "comment": words(index), "public": "1", "new_status": "1"}
            form |= {"title": "As it was", "queue": "2", "priority": "3", "owner": "-1"}
            return Ask((f"/tickets/{number}/update/",), as_one_of("agents", index), form)

        def listed(index: int, search: str = "") -> Ask:
            page = f"/tickets/?q={search}&sort=created&sortreverse=on" if search else "/tickets/"
            rows = f"/datatables_ticket_list/{_query(search)}?draw=1&start=0&length=25"
            return Ask((page, rows), as_one_of("agents", index))

        own = ("/tickets/my-tickets/", "/api/user_tickets/?page=1")
        return {
            "submit": submit,
            "desk list": listed,
            "thread": lambda i: Ask((f"/tickets/{of(cast['threads'], i)}/",), as_one_of("agents", i)),
            "search": lambda i: listed(i, of([*SEARCHES], i)),
            "portal list": lambda i: Ask(own, as_one_of("customers", i)),
            "reply": reply,
        }


def _query(search: str) -> str:
    """As its own page asks for rows: open tickets, or every ticket that says the word."""
    asked: dict[str, Any] = {"filtering": {} if search else {"status__in": [1, 2]}, "filtering_null": {}}
    asked |= {"sorting": "created", "sortreverse": "on" if search else False, "search_string": search}
    return base64.b64encode(json.dumps(asked).encode()).decode()
