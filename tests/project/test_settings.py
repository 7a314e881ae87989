"""What every answer carries, whichever page it is."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client


def in_production(code: str, tmp_path: Path, **more: str) -> str:
    """What `code` prints with the settings of a production behind a proxy that ends https."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
    given = {
        "GUICHET_URL": "https://help.example.com",
        "GUICHET_DATA": str(tmp_path),
        "GUICHET_PROXIES": "10.0.0.1",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", f"from guichet.project import settings\n{code}"],
        env=kept | given,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_every_answer_is_guarded(client: Client) -> None:
    answer = client.get("/healthz")
    assert {
        name: answer[name] for name in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == 16
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_an_id_typed_by_the_client_is_not_believed(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "forged"})["X-Request-ID"] != "forged"


def test_files_are_kept_for_ever_under_an_address_that_changes(client: Client) -> None:
    answer = client.get(static("ui/css/guichet.css"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "max-age=315360000, public, immutable")
    assert static("ui/css/guichet.css").startswith(settings.STATIC_URL)


@pytest.mark.django_db
def test_ready_means_that_the_database_has_its_shape(client: Client) -> None:
    assert client.get("/readyz").content.startswith(b"ready")


def test_production_is_strict(tmp_path: Path) -> None:
    names = (
        "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_SECURE", "SESSION_COOKIE_SAMESITE", "DEBUG", "ALLOWED_HOSTS",
    )  # fmt: skip
    printed = in_production(f"print([getattr(settings, name) for name in {names}])", tmp_path)
    expected: list[Any] = [63072000, True, True, "__Host-session", True, "Lax", False, ["help.example.com"]]
    assert printed == str(expected)


def test_a_mistake_stops_the_command_line_with_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "guichet", "check"],
        env={**os.environ, "GUICHET_DEBUG": "yes", "GUICHET_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (75, "Error: GUICHET_DEBUG is “yes”; write true or false.\n")


def test_logs_of_production_are_one_object_a_line(tmp_path: Path) -> None:
    code = "import logging, sys; logging.root.handlers[0].stream = sys.stdout\n"
    printed = in_production(code + "logging.getLogger('a').warning('été', extra={'n': 1})", tmp_path)
    assert (json.loads(printed)["event"], json.loads(printed)["n"]) == ("été", 1)
    assert printed.count("\n") == 0
