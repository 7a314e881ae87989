"""Mails go to a real mail server, which is a sink."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.reactions.email.sink import Sink, taking_mail


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """The server to which every mail of the test is handed over."""
    made = Sink()
    with taking_mail(made, settings):
        yield made
