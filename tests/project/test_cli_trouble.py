"""What goes wrong outside of Guichet is told in a sentence that says what to do, and never as a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOT_OURS = ("DATABASE_URL", "REDIS_URL")
NOBODY = "postgres://guichet@127.0.0.1:1/guichet"  # no server listens there


def say(words: str, **given: str | Path) -> "subprocess.CompletedProcess[str]":
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in NOT_OURS and not name.startswith("GUICHET_")
    }
    said = subprocess.run(
        [sys.executable, "-m", "guichet", *words.split()],
        env=kept | {name: str(value) for name, value in given.items()},
        input="From: rose@acme.example\n\nHello",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in said.stdout + said.stderr
    return said


@pytest.mark.parametrize("words", ["staff list", "teams add X", "policy export", "web", "worker", "serve"])
def test_a_database_without_its_shape_is_told_with_the_remedy(words: str, tmp_path: Path) -> None:
    said = say(words, GUICHET_DATA=tmp_path)
    assert said.returncode == 1
    assert said.stderr.startswith("Error: The database is not ")
    assert "Run `guichet migrate`" in said.stderr


@pytest.mark.parametrize("words", ["staff list", "migrate", "web", "worker", "serve --migrate"])
def test_a_database_that_is_away_is_told(words: str, tmp_path: Path) -> None:
    said = say(words, GUICHET_DATA=tmp_path, DATABASE_URL=NOBODY)
    assert said.returncode == 1
    assert said.stderr.startswith("Error: The database does not answer (")
    assert said.stderr.endswith("See that it runs, and what DATABASE_URL says.\n")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "guichet.sqlite3").write_bytes(b"x" * 5000)
    said = say("staff list", GUICHET_DATA=tmp_path)
    assert said.returncode == 1
    assert said.stderr.startswith("Error: The database does not answer (file is not a database).")


@pytest.mark.parametrize("words", ["check", "serve", "worker", "policy export", "mail deliver"])
def test_a_data_folder_that_cannot_be_is_told(words: str) -> None:
    said = say(words, GUICHET_DATA="/dev/null/data")
    assert said.returncode == 75
    assert said.stderr == (
        "Error: GUICHET_DATA is “/dev/null/data”, which cannot be used: Not a directory."
        " Name a folder in which the user Guichet runs as may write.\n"
    )


def test_help_is_given_whatever_is_set_wrongly() -> None:
    said = say("staff add --help", GUICHET_DATA="/dev/null/data", GUICHET_DBUG="true")
    assert said.returncode == 0
    assert "guichet staff add ana@example.com" in said.stdout


def test_a_mail_that_could_not_be_kept_is_to_be_handed_over_again(tmp_path: Path) -> None:
    said = say("mail deliver", GUICHET_DATA=tmp_path)
    assert said.returncode == 75
    assert said.stderr.endswith("Hand it over again.\n")


@pytest.mark.parametrize("command", ["web", "serve"])
@pytest.mark.parametrize("port", ["0", "-1", "80000", "http"])
def test_a_port_that_is_none_is_told(command: str, port: str, tmp_path: Path) -> None:
    said = say(f"{command} --port {port}", GUICHET_DATA=tmp_path)
    assert said.returncode == 2
    assert "Invalid value for '--port'" in said.stderr


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    say("migrate", GUICHET_DATA=tmp_path)
    with Path("/dev/full").open("w") as full:
        said = subprocess.run(
            [sys.executable, "-m", "guichet", "policy", "export"],
            env={**os.environ, "GUICHET_DATA": str(tmp_path)} | dict.fromkeys(NOT_OURS, ""),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (said.returncode, said.stderr) == (1, "Error: No space left on device.\n")
