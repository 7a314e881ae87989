"""An owner names their customers and teams from outside, and is told of every mistake."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guichet.domain.people.models import Membership, Organisation, Person, Team
from guichet.project.cli import guichet
from tests.world import World


def say(*arguments: str) -> Result:
    return CliRunner().invoke(guichet, arguments)


def in_file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "customers.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_a_customer_is_added_with_their_company(world: World) -> None:
    said = say(
        "customers", "add", "ana@hooli.example", "--organisation", "Hooli", "--country", "es", "--designated"
    )
    assert (said.exit_code, said.output) == (0, "ana <ana@hooli.example> can now ask for help.\n")
    membership = Membership.objects.get(person__email="ana@hooli.example")
    assert (membership.organisation.country, membership.designated) == ("ES", True)


def test_a_file_adds_everybody_and_again_nobody(world: World, tmp_path: Path) -> None:
    file = in_file(
        tmp_path,
        "email,name,organisation,country,role,designated,time_zone",
        "ana@hooli.example,Ana,Hooli,ES,administrator,no,Europe/Madrid",
        "bo@hooli.example,Bo,Hooli,,member,yes,",
        "rose@acme.example,Rose,Acme,,,,",
    )
    for _again in range(2):
        assert say("customers", "import", file).output == "3 people can ask for help.\n"
    assert Membership.objects.filter(organisation__name="Hooli").count() == 2
    assert Organisation.objects.filter(name="Acme").count() == 1


def test_a_file_with_mistakes_adds_nobody_and_tells_all_of_them(world: World, tmp_path: Path) -> None:
    before = Person.objects.count()
    file = in_file(
        tmp_path,
        "email,organisation,country,language,time_zone,role",
        "good@hooli.example,Hooli,ES,es,,",
        "no address,Hooli,,,,",
        "c@hooli.example,Initech,,,,",
        "d@hooli.example,Hooli,,xx,,",
        "e@hooli.example,Hooli,,,Europe/Pariss,",
        "f@hooli.example,Hooli,,,,boss",
    )
    said = say("customers", "import", file)
    assert said.exit_code == 1
    assert said.output.splitlines() == [
        "Error: line 3: This is not an e-mail address.",
        "line 4: Initech is new: give its country, such as FR.",
        "line 5: “xx” is not a language of Guichet. Choose among en, fr, de, es, ja.",
        "line 6: “Europe/Pariss” is not a time zone. Did you mean Europe/Paris?",
        "line 7: role is member or administrator; designated is yes or no.",
        "Nobody was added.",
    ]
    assert Person.objects.count() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing\nof,the,kind", b"\xff\xfe\x00", b'email\n"a\0b', b"email\n" + b"x" * 200_000],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(world: World, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(content)
    said = say("customers", "import", str(path))
    assert said.exit_code == 1
    assert said.output.startswith("Error: ")


def test_a_team_is_made_of_staff_alone(world: World) -> None:
    said = say("teams", "add", "Night", "agent@vendor.example", "rose@acme.example")
    assert (said.exit_code, Team.objects.filter(name="Night").exists()) == (1, False)
    assert say("teams", "add", "Night", "agent@vendor.example", "--shared").output == "Night: Aya Agent\n"
    assert "Night (shared): Aya Agent" in say("teams", "list").output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("customers add nonsense", "email: This is not an e-mail address."),
        (
            "customers add a@b.example --country FR",
            "organisation: country is said of",
        ),
        (
            "customers add a@b.example --administrator",
            "organisation: role is said of",
        ),
        ("customers add a@b.example --designated", "organisation: designated is said of"),
        ("customers add a@b.example --country FR --organisation " + "x" * 161, "of 1 to 160 characters."),
        (
            "customers add a@b.example --country FR --organisation X --plan " + "x" * 61,
            "of 1 to 60 characters.",
        ),
        ("customers import nowhere.csv", "File 'nowhere.csv' does not exist."),
        ("staff add nonsense", "email: This is not an e-mail address."),
        ("staff add a@b.example --role boss", "'boss' is not one of 'agent', 'lead', 'admin'."),
        ("staff add a@b.example --time-zone Mars", "“Mars” is not a time zone. Write it as Europe/Paris."),
        (
            "teams add Night nobody@b.example",
            "Not of the staff: nobody@b.example. See guichet staff",
        ),
        ("teams add ''", "name: Please give a name of 1 to 80 characters."),
        ("teams add " + "x" * 81, "name: Please give a name of 1 to 80 characters."),
    ],
)
def test_what_will_not_do_is_told_in_a_sentence(world: World, words: str, sentence: str) -> None:
    before = Person.objects.count(), Organisation.objects.count(), Team.objects.count()
    said = say(*shlex.split(words))
    assert said.exit_code in (1, 2)
    assert isinstance(said.exception, SystemExit)
    assert sentence in said.output
    assert (Person.objects.count(), Organisation.objects.count(), Team.objects.count()) == before
