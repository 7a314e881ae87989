"""One end of a WebSocket, without a server: the test client of channels needs another one installed."""

import asyncio
import json
from typing import Any

from asgiref.testing import ApplicationCommunicator


class Socket:
    def __init__(self, application: Any, *, cookie: str) -> None:
        scope = {
            "type": "websocket",
            "path": "/live/",
            "headers": [(b"cookie", cookie.encode())],
            "subprotocols": [],
        }
        # asgiref is not typed.
        self._far_end: Any = ApplicationCommunicator(application, scope)  # type: ignore[no-untyped-call]

    async def open(self) -> bool:
        await self._far_end.send_input({"type": "websocket.connect"})
        answer = await self._far_end.receive_output(2)
        return bool(answer["type"] == "websocket.accept")

    async def say(self, text: str) -> None:
        await self._far_end.send_input({"type": "websocket.receive", "text": text})
        await asyncio.sleep(0.2)

    async def listen(self, *topics: str, present: str | None = None) -> None:
        await self.say(json.dumps({"listen": list(topics), "present": present}))

    async def next(self) -> Any:
        """What comes next, whatever it is."""
        return await self._far_end.receive_output(2)

    async def hear(self) -> Any:
        return json.loads((await self.next())["text"])

    async def hears_nothing(self) -> bool:
        return bool(await self._far_end.receive_nothing(0.5))

    async def close(self) -> None:
        await self._far_end.send_input({"type": "websocket.disconnect", "code": 1000})
        await self._far_end.wait(2)
