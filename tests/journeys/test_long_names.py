"""A name of sixty signs, in one word or in Kanji, pushes nothing out of its place."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from .conftest import Town, Visit

pytestmark = [pytest.mark.services, pytest.mark.timeout(120)]

NAMES = {
    "de": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbaubeam",
    "ja": "勅使河原小鳥遊長宗我部武者小路" * 4,
}
# What reaches beyond the page or its pane; and a head of the portal in two lines, where one is enough.
BEYOND = """
() => [...document.querySelectorAll("body, .desk__pane, .desk__bottom summary, .top summary, .top")]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
        const pane = one.parentElement.closest(".desk__pane") ?? document.documentElement
        const [box, room] = [one.getBoundingClientRect(), pane.getBoundingClientRect()]
        const wide = one.matches("body, .desk__pane") && one.scrollWidth > one.clientWidth + 1
        const high = one.matches(".top") && innerWidth > 1000 && box.height > 80
        return wide || high || box.right > room.right + 1 || box.left < room.left - 1
    })
    .map((one) => `${one.tagName} ${one.className}`)
"""
PAGES = {
    "lead": ["/desk/open/#desk-views", "/desk/tickets/{talked}/", "/desk/tickets/{talked}/history/"],
    "customer": ["/", "/requests/", "/requests/{talked}/", "/requests/{talked}/history/"],
}
Call = Callable[[str, str, str], None]


@pytest.fixture
def call(town: Town) -> Iterator[Call]:
    """Give somebody another name and language; afterwards they have their own again."""
    found: dict[str, tuple[str, str]] = {}

    def call(address: str, name: str, language: str) -> None:
        with closing(sqlite3.connect(town.data / "guichet.sqlite3", timeout=20)) as database, database:
            query = "SELECT name, language FROM people_person WHERE email = ?"
            found.setdefault(address, database.execute(query, [address]).fetchone())
            update = "UPDATE people_person SET name = ?, language = ? WHERE email = ?"
            database.execute(update, [name, language, address])

    yield call
    for address, (name, language) in list(found.items()):
        call(address, name, language)


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("who", PAGES)
def test_a_long_name_stays_in_its_place(
    visit: Visit, town: Town, call: Call, who: str, language: str
) -> None:
    call(f"{who}@fr.example", NAMES[language], language)
    page = visit(who, "fr").page
    for path in PAGES[who]:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(town.site + path.format(**town.requests["fr"]))
            assert page.locator(".desk__bottom .top__who, .top .top__who").count() == 1
            assert page.evaluate(BEYOND) == [], (path, width)
