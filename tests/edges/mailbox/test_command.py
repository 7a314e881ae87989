"""What a mail server is told when it hands a mail over."""

import io
from pathlib import Path

import pytest
from pytest_django import Settings

from guichet.domain.tickets.models import Message, Ticket
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.states import Reason, State
from guichet.project.cli import main
from tests.edges.mailbox.letters import answer
from tests.world import World


def hand_over(raw: bytes, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """The exit status of `guichet mail deliver` for these bytes."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    with pytest.raises(SystemExit) as ended:
        main(["mail", "deliver", *options])
    return int(ended.value.code or 0)


def test_zero_says_that_it_is_ours_now(
    world: World, ticket: Ticket, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hand_over(answer(world, ticket), monkeypatch) == 0
    assert capsys.readouterr().out == "Delivered.\n"
    assert Message.objects.latest("id").body == "It works now, thank you."


def test_zero_says_so_too_when_it_waits_for_a_person(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hand_over(b"From: a@b.example\n\nHello?", monkeypatch) == 0
    assert capsys.readouterr().out == f"Unsorted. {Reason.NO_ADDRESS.label}\n"


def test_a_server_that_checks_senders_says_so(
    world: World, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hand_over(answer(world, ticket, dmarc=""), monkeypatch, "--verified") == 0
    assert ReceivedMessage.objects.get().state == State.DELIVERED


def test_75_asks_for_it_again_when_it_cannot_be_kept(
    world: World,
    ticket: Ticket,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "full").write_text("no folder")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "full")},
        },
    }
    assert hand_over(answer(world, ticket), monkeypatch) == 75
    assert not ReceivedMessage.objects.exists()
