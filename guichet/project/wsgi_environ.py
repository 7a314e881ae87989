"""How a request looks to the WSGI side (PEP 3333)."""

import re
import sys
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from asgiref.typing import HTTPScope

# The server has already believed these, or not, according to GUICHET_PROXIES.
DISBELIEVED = (b"x-forwarded-", b"x-real-", b"forwarded", b"cf-", b"proxy")
# All of a Content-Type that means something to us. Django would read addresses and forms by any codec of
# Python's that is named there: `hex` raises, `idna` takes quadratic time, `unicode_escape` makes surrogates.
_KIND = re.compile(r"\s*([\w.+-]+/[\w.+-]+)", re.ASCII)
_BOUNDARY = re.compile(r";\s*boundary\s*=\s*\"?([^\s\";]{1,200})", re.ASCII | re.IGNORECASE)


class FileBody:
    """`wsgi.file_wrapper` (PEP 3333): a file that leaves the pool thread and is sent from the event loop."""

    def __init__(self, file: IO[bytes], block_size: int = 2**16) -> None:
        self.file = file
        self.block_size = max(block_size, 2**16)
        self.close = file.close

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self.block_size), b"")


def environ_of(scope: HTTPScope, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment (PEP 3333) of a request whose body has been read into `body`."""
    body.seek(0, 2)
    length = body.tell()
    body.seek(0)
    server, client = scope["server"] or ("localhost", None), scope["client"] or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # The raw path, so that bytes which are no UTF-8 arrive as they were sent.
        "PATH_INFO": unquote_to_bytes(scope["raw_path"] or scope["path"].encode()).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileBody,
    }
    for name, value in scope["headers"]:
        # X_Real_Ip and X-Real-Ip would become one variable: a header with an underscore is a disguise.
        if b"_" in name or name.startswith(DISBELIEVED) or name in (b"content-length", b"transfer-encoding"):
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        text = value.decode("latin-1")
        if key == "CONTENT_TYPE":
            text = _content_type(text)
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    return environ


def _content_type(sent: str) -> str:
    kind, boundary = _KIND.match(sent), _BOUNDARY.search(sent)
    if kind is None:
        return ""
    return f"{kind[1]}; boundary={boundary[1]}" if boundary else kind[1]
