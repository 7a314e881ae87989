import socket
import time

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until_open(port: int, *, host: str = "127.0.0.1") -> None:
    """Wait until somebody listens there; at most ten seconds."""
    for _try in range(200):
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"Nobody listens at port {port}.")
