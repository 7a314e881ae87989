"""Work beside pages lets them pass, but neither for ever nor while others wait for it."""

import threading
import time

import pytest
from django.db import connection, transaction

from guichet.foundation import courtesy

pytestmark = pytest.mark.django_db

SHORT, LONGEST = 0.15, 0.4  # so long that a machine with other things to do tells them apart


def ask() -> float:
    """Seconds that one question to the database takes."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return time.monotonic() - began


@pytest.fixture
def outside_transactions(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courtesy, "_LONGEST", LONGEST)
    monkeypatch.setattr(courtesy, "_own", threading.local())
    ask()


def test_work_waits_until_a_page_is_answered(outside_transactions: None) -> None:
    with courtesy.behind_pages():
        assert ask() < SHORT
        page = courtesy.answering()
        page.__enter__()
        threading.Timer(SHORT, page.__exit__, (None, None, None)).start()
        assert SHORT <= ask() < LONGEST


def test_it_goes_on_however_many_pages_are_asked_for(outside_transactions: None) -> None:
    with courtesy.behind_pages(), courtesy.answering():
        assert ask() >= LONGEST
        assert ask() < SHORT
        time.sleep(LONGEST)
        assert ask() >= LONGEST


def test_what_others_wait_for_does_not_wait(outside_transactions: None) -> None:
    with courtesy.behind_pages(), courtesy.answering(), transaction.atomic():
        assert ask() < SHORT


def test_pages_wait_for_nobody(outside_transactions: None) -> None:
    with courtesy.answering():
        assert ask() < SHORT
