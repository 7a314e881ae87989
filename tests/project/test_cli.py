"""The command line teaches, and does what it says."""

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from guichet.edges.mailbox.ways.imap.accounts import accounts_in
from guichet.project.cli import guichet
from tests.world import build

COMMANDS = sorted(guichet.list_commands(guichet.make_context("guichet", ["manage"])))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(guichet, arguments)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "manage"])
def test_every_command_says_what_it_does_with_an_example(name: str) -> None:
    told = run(name, "--help")
    assert told.exit_code == 0
    assert "Example" in told.output
    assert f"guichet {name}" in told.output


@pytest.mark.django_db
def test_check_tells_every_problem_with_its_remedy() -> None:
    told = run("check")
    assert told.exit_code == 1
    assert "ok       migrations: all applied" in told.output
    assert "ok       attachments: can be kept and read again" in told.output
    assert "problem  policy: none was applied. Write a policy.toml and run" in told.output


@pytest.mark.django_db
def test_check_names_an_account_of_no_mailbox(settings: Settings) -> None:
    build()
    accounts = accounts_in({"GUICHET_MAILBOX_MISSPELT": "imaps://a:b@imap.example.com/INBOX"}, print)
    settings.GUICHET_MAILBOXES = accounts
    told = run("check").output
    assert "problem  mailboxes: GUICHET_MAILBOX_MISSPELT fetches mail for “misspelt”, which is no" in told
    settings.GUICHET_MAILBOXES = {}
    assert "ok       mailboxes: 0 fetched" in run("check").output
