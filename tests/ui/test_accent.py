"""The vendor's colour reaches the page as a stylesheet, since a page may hold no style of its own."""

import pytest
from django.test import Client

from tests.world import World


def test_every_page_links_the_vendors_colour(world: World) -> None:
    page = Client().get("/account/login/").content.decode()
    assert 'href="/accent/1f5f8b.css"' in page
    sheet = Client().get("/accent/1f5f8b.css")
    assert (sheet["Content-Type"], sheet.content) == ("text/css", b":root{--vendor-accent:#1f5f8b}")


@pytest.mark.parametrize(
    "colour", ["red", "1f5f8", "1f5f8bb", "1f5f8b}body{display:none", "../../etc", "%00%00%00"]
)
def test_nothing_but_a_colour_gets_into_it(world: World, colour: str) -> None:
    assert Client().get(f"/accent/{colour}.css").status_code == 404
