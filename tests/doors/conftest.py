from typing import Any

import pytest


@pytest.fixture(autouse=True)
def news_of_this_process_alone(settings: Any) -> None:
    """A link to other processes that is just made says that everything is stale: noise, here."""
    settings.REDIS_URL = ""
