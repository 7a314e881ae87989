"""Four answers about oneself, and the language of the pages."""

import pytest
from django.test import Client

from guichet.domain.people.models import Person
from tests.world import World

from .conftest import Enter

ANSWERS = {"name": "Rose R.", "language": "fr", "time_zone": "Europe/Paris", "wants_mail": "on"}
ROSE = "rose@acme.example"


def rose() -> dict[str, object]:
    return dict(Person.objects.filter(email=ROSE).values().get())


def test_a_profile_is_saved_and_spoken_at_once(enter: Enter) -> None:
    browser = enter("requester")
    answer = browser.post("/profile/", ANSWERS)
    assert (answer.status_code, answer["Location"]) == (302, "/profile/")
    known = rose()
    assert (known["name"], known["language"], known["time_zone"]) == ("Rose R.", "fr", "Europe/Paris")
    page = browser.get("/profile/", headers={"accept-language": "de"})
    assert '<html lang="fr">' in page.content.decode()
    assert page["Content-Language"] == "fr"


def test_an_unticked_box_stops_the_mails(enter: Enter) -> None:
    browser = enter("requester")
    browser.post("/profile/", {name: value for name, value in ANSWERS.items() if name != "wants_mail"})
    assert rose()["wants_mail"] is False


def test_no_other_field_counts(enter: Enter) -> None:
    browser = enter("requester")
    before = rose()
    more = {
        "staff_role": "admin",
        "email": "rose@evil.example",
        "is_active": "",
        "id": "1",
        "password": "x",
        "phone": "1",
    }
    browser.post("/profile/", {**ANSWERS, **more})
    changed = {field for field, value in rose().items() if value != before[field]}
    assert changed == {"name", "language", "time_zone"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\x00"),
        ("name", "x" * 100_000),
        ("language", "tlh"),
        ("language", ""),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "\x00"),
    ],
)
def test_an_answer_that_will_not_do_is_shown_again(enter: Enter, field: str, value: str) -> None:
    browser = enter("requester")
    before = rose()
    answer = browser.post("/profile/", {**ANSWERS, field: value})
    if answer.status_code == 302:
        assert field == "name"
        assert len(str(rose()["name"])) <= 120
    else:
        assert answer.status_code == 422
        assert f'id="field-{field}-error"' in answer.content.decode()
        assert "Rose R." in answer.content.decode() or field == "name"
        assert rose() == before


def test_a_stranger_chooses_a_language_for_the_browser(world: World, client: Client) -> None:
    answer = client.post("/language/", {"language": "ja", "next": "/account/login/?next=/profile/"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/profile/")
    assert '<html lang="ja">' in client.get("/account/login/").content.decode()


def test_a_person_keeps_the_chosen_language(enter: Enter) -> None:
    browser = enter("requester")
    browser.post("/language/", {"language": "es", "next": "/profile/"})
    assert rose()["language"] == "es"
    assert '<html lang="es">' in browser.get("/profile/").content.decode()
    browser.post("/account/logout/")
    assert '<html lang="es">' in browser.get("/account/login/").content.decode()


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "x\r\nSet-Cookie: a=b", ""])
def test_a_forged_next_leads_home(world: World, client: Client, where: str) -> None:
    assert client.post("/language/", {"language": "fr", "next": where})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "tlh", "\x00", "x" * 1_000_000])
def test_an_unknown_language_is_refused(world: World, client: Client, language: str) -> None:
    assert client.post("/language/", {"language": language}).status_code == 422
