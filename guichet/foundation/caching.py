"""How what is remembered for a while is written into Redis."""

import json
from typing import Any


class JsonSerializer:
    """Django pickles by default, and a pickle runs what it holds: whoever can write one is in."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)
