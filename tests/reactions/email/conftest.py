"""Mails go to a real mail server, which is a sink."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.reactions.email.sink import Sink, serving


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """The server to which every mail of the test is handed over."""
    made = Sink()
    with serving(made) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield made
