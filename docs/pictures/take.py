"""Takes the pictures of the README from a demonstration of its own: run `bin/pictures`."""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

HERE = Path(__file__).parent
MOST_BYTES = 200_000
SECONDS_TO_START = 90
PASSWORD = "guichet-demo"  # noqa: S105  of the demonstration, known to all
CUSTOMER, AGENT = "priya.nair@harbourside.example", "owen@fieldfare.example"
REQUEST = "Webhook for completed work orders"
PORTAL: ViewportSize = {"width": 1280, "height": 800}
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def portal(page: Page, site: str) -> None:
    page.goto(f"{site}/requests/")
    page.get_by_role("link", name=REQUEST).first.click()


def desk(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/open/")
    page.get_by_role("link", name=REQUEST).first.click()


def form(page: Page, site: str) -> None:
    page.goto(f"{site}/requests/new/?category=technical")


@dataclass(frozen=True)
class Shot:
    """What is taken: as whom, how large, and `go`, the way to the page from a site's address."""

    name: str
    person: str
    size: ViewportSize
    go: Callable[[Page, str], None]


SHOTS = (
    Shot("portal", CUSTOMER, PORTAL, portal),
    Shot("desk", AGENT, DESK, desk),
    Shot("form", CUSTOMER, PHONE, form),
)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main() -> int:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("✗ bin/pictures needs Chromium: install it, or set CHROMIUM=/path/to/chromium.\n")
        return 1
    with demonstration() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for scheme in SCHEMES:
            for shot in SHOTS:
                target = HERE / f"{shot.name}-{scheme}.png"
                target.write_bytes(small(take(shot, browser, site, scheme)))
                sys.stderr.write(f"→ {target.name}: {target.stat().st_size // 1000} kB\n")
    return 0


def take(shot: Shot, browser: Browser, site: str, scheme: Scheme) -> bytes:
    context = browser.new_context(
        viewport=shot.size, color_scheme=scheme, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{site}/account/login/password/")
    page.fill("[name=login]", shot.person)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/account/" not in address)
    shot.go(page, site)
    page.wait_for_load_state("networkidle")
    picture = page.screenshot(animations="disabled")
    context.close()
    return picture


def small(picture: bytes) -> bytes:
    """The same picture in fewer colours: at most MOST_BYTES. Raises ValueError if even few are too many."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise ValueError(f"A picture takes more than {MOST_BYTES} bytes.")


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration that lives as long as this block, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="guichet-pictures.") as data:
        port = free_port()
        site = f"http://localhost:{port}"
        own = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_DEBUG"))}
        own |= {"GUICHET_DATA": data, "GUICHET_DEMO": "true", "GUICHET_URL": site}
        command = [sys.executable, "-m", "guichet", "serve", "--migrate", "--demo", "--port", str(port)]
        log = Path(data, "log")
        with (
            log.open("wb") as said,
            subprocess.Popen(command, env=own, stdout=said, stderr=said) as server,  # noqa: S603  our own
        ):
            try:
                wait_for(port, server, log)
                yield site
            finally:
                server.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"The demonstration did not start:\n{log.read_text()[-2000:]}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Error, TimeoutError, ValueError) as fault:
        sys.exit(f"✗ {fault}")
