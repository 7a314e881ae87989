"""What is written into the log: enough to know what happened, and nothing that opens anything."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from guichet.edges.mailbox.deliver import deliver
from guichet.reactions.email.address import ReplyAddress
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.world import World

KEYS = {"session", "csrf", "known"}
ROSE, PASSWORD, TYPED = "rose@acme.example", "teapot orbit velvet canyon", "What I typed is private."


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, as it stands in the log."""
    cache.clear()
    there: Any = logging.root.handlers[0]
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(there.formatter)
    logging.root.addHandler(handler)
    yield log
    logging.root.removeHandler(handler)


def code() -> str:
    newest = Delivery.objects.filter(address=ROSE).latest("id")
    found = re.search(r"^\d{6}$", newest.text, re.MULTILINE)
    assert found
    return found.group()


def test_no_secret_and_nothing_typed_stands_in_the_log(world: World, written: io.StringIO) -> None:
    browser = Client(raise_request_exception=False)
    browser.get("/account/login/?next=/requests/%3Fq%3Dprivate-question")
    browser.post("/account/login/", {"email": ROSE})
    sent = code()
    browser.post("/account/login/code/", {"code": sent})
    browser.get("/account/app/")
    key = str(browser.session["mfa.totp.secret"])
    browser.post("/account/app/", {"code": "000000"})
    browser.post("/account/password/", {"password1": PASSWORD, "password2": PASSWORD})
    Client().post("/account/login/password/", {"login": ROSE, "password": f"{PASSWORD}!"})
    browser.post("/requests/new/", {"category": "technical", "subject": TYPED, "description": TYPED})
    browser.get(f"/requests/?q={TYPED}")
    browser.put("/drafts/new/", f'{{"subject": "{TYPED}"}}', content_type="application/json")
    Client(enforce_csrf_checks=True).post("/profile/", {"name": TYPED, "password": PASSWORD})
    address = str(ReplyAddress(world.ticket().pk, world.person("requester").pk))
    deliver(f"From: {ROSE}\nTo: {address}\nSubject: {TYPED}\n\n{TYPED}".encode(), verified=True)
    drain()
    secrets = {
        "code": sent,
        "password": PASSWORD,
        "authenticator": key,
        "reply address": address.partition("@")[0],
        "typed": TYPED,
        "question": "private-question",
        **{name: cookie.value for name, cookie in browser.cookies.items() if name in KEYS},
    }
    assert secrets.keys() > {"session", "known"}
    log = written.getvalue()
    assert "path=/requests/new/" in log or '"path": "/requests/new/"' in log
    assert {name for name, secret in secrets.items() if secret in log} == set()


def test_a_fault_of_ours_tells_where_and_not_with_what(
    world: World, written: io.StringIO, client: Client
) -> None:
    client.raise_request_exception = False
    client.force_login(world.people["requester"])
    world.people["requester"].time_zone = "Nowhere/At all"
    world.people["requester"].save()
    answer = client.post("/requests/new/", {"description": TYPED, "password": PASSWORD})
    assert answer.status_code == 500
    log = written.getvalue()
    assert "Traceback" in log
    assert TYPED not in log
    assert PASSWORD not in log


@pytest.mark.parametrize("path", ["/a\nb", "/\x1b[2J", "/" + "x" * 60_000, "/%0a[error] forged", "/\u202e"])
def test_nobody_writes_lines_of_their_own_into_it(world: World, written: io.StringIO, path: str) -> None:
    Client().get("/", PATH_INFO=path.encode().decode("latin-1"))
    log = written.getvalue()
    assert len(log) < 2_000
    assert len([line for line in log.splitlines() if "answered" in line]) == 1
    assert len(log.splitlines()) == 1
    assert "\x1b" not in log
