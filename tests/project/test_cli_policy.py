"""The vendor's rules and the vendor's people, from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guichet.domain.people.models import Person
from guichet.domain.policy import queries
from guichet.domain.policy.models import AppliedPolicy
from guichet.domain.policy.reading import default_source
from guichet.project.cli import guichet

SOUND = """\
# our own words
[vendor]
name = "Larch"
[[categories]]
key = "help"
title.en = "Help"
when.en = "Anything."
"""
BROKEN = SOUND.replace('"help"', '"Help"').replace("name =", "nmae =")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(guichet, [str(argument) for argument in arguments])


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    file = tmp_path / "policy.toml"
    file.write_text(SOUND)
    return file


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    queries.forget()


class TestCheck:
    def test_says_what_a_sound_file_holds(self, policy_file: Path) -> None:
        told = run("policy", "check", policy_file)
        assert told.exit_code == 0
        assert told.output == f"{policy_file} is sound: Larch, in en; help.\n"

    def test_tells_every_mistake_with_line_and_remedy(self, policy_file: Path) -> None:
        policy_file.write_text(BROKEN)
        told = run("policy", "check", policy_file)
        assert told.exit_code == 1
        assert told.output == (
            f"Error: {policy_file} has 3 mistakes:\n"
            '\nline 2, vendor\n  "name" is missing.\n  Add name = "…".\n'
            '\nline 3, vendor.nmae\n  There is no setting called "nmae" here.\n  Did you mean "name"?\n'
            "\nline 5, categories.Help.key\n  'Help' cannot be the key of a category.\n"
            '  Use small letters a-z, digits and hyphens, beginning with a letter, such as "help".\n'
        )

    def test_reads_what_a_windows_editor_wrote(self, policy_file: Path) -> None:
        policy_file.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
        assert run("policy", "check", policy_file).exit_code == 0

    def test_names_the_line_that_is_not_utf8(self, policy_file: Path) -> None:
        policy_file.write_bytes(SOUND.replace("Larch", "Mélèze").encode("latin-1"))
        told = run("policy", "check", policy_file)
        assert told.exit_code == 1
        assert "is not UTF-8 text (line 3). Save it as UTF-8." in told.output

    def test_says_when_there_is_no_file(self, tmp_path: Path) -> None:
        told = run("policy", "check", tmp_path / "absent.toml")
        assert told.exit_code == 2
        assert "does not exist" in told.output


@pytest.mark.django_db
class TestApply:
    def test_puts_the_file_in_force(self, policy_file: Path) -> None:
        told = run("policy", "apply", policy_file)
        assert (told.exit_code, told.output) == (0, f"The rules of {policy_file} are in force.\n")
        queries.forget()
        assert queries.current().vendor.name == "Larch"

    def test_says_when_it_was_in_force_already(self, policy_file: Path) -> None:
        run("policy", "apply", policy_file)
        told = run("policy", "apply", policy_file)
        assert (told.exit_code, told.output) == (0, f"The rules of {policy_file} were in force already.\n")
        assert AppliedPolicy.objects.count() == 1

    def test_changes_nothing_when_there_is_a_mistake(self, policy_file: Path) -> None:
        policy_file.write_text(BROKEN)
        told = run("policy", "apply", policy_file)
        assert told.exit_code == 1
        assert told.output.endswith("\n\nNothing was changed.\n")
        assert AppliedPolicy.objects.count() == 0


@pytest.mark.django_db
class TestExport:
    def test_gives_back_what_was_applied_with_its_comments(self, policy_file: Path, tmp_path: Path) -> None:
        run("policy", "apply", policy_file)
        assert run("policy", "export").output == SOUND
        told = run("policy", "export", tmp_path / "again.toml")
        assert told.exit_code == 0
        assert (tmp_path / "again.toml").read_text() == SOUND

    def test_gives_the_default_when_nothing_was_applied(self) -> None:
        assert run("policy", "export").output == default_source()

    def test_does_not_overwrite_unless_it_is_told_to(self, policy_file: Path) -> None:
        told = run("policy", "export", policy_file)
        assert told.exit_code == 1
        assert "exists already" in told.output
        assert policy_file.read_text() == SOUND
        assert run("policy", "export", policy_file, "--overwrite").exit_code == 0
        assert policy_file.read_text() == default_source()


@pytest.mark.django_db
class TestStaff:
    def test_is_appointed_with_language_and_time_zone(self) -> None:
        told = run(
            *("staff", "add", "Ana@Vendor.example", "--role", "lead", "--name", "Ana Sol"),
            *("--language", "es", "--time-zone", "Europe/Madrid"),
        )
        assert (told.exit_code, told.output) == (0, "Ana Sol <ana@vendor.example> is now lead.\n")
        ana = Person.objects.get()
        assert (ana.staff_role, ana.language, ana.time_zone) == ("lead", "es", "Europe/Madrid")

    def test_speaks_the_vendors_language_unless_told_otherwise(self, policy_file: Path) -> None:
        policy_file.write_text(SOUND.replace('"Larch"', '"Larch"\nlanguages = ["fr"]').replace(".en", ".fr"))
        run("policy", "apply", policy_file)
        run("staff", "add", "ana@vendor.example")
        assert Person.objects.get().language == "fr"

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("no-address",), "This is not an e-mail address."),
            (("a@b.example", "--language", "xx"), "“xx” is not a language of Guichet."),
            (("a@b.example", "--time-zone", "Europe/Pari"), "Did you mean Europe/Paris?"),
            (("a@b.example", "--role", "king"), "'agent', 'lead', 'admin'"),
        ],
    )
    def test_nobody_is_added_by_a_mistake(self, arguments: tuple[str, ...], sentence: str) -> None:
        told = run("staff", "add", *arguments)
        assert told.exit_code in (1, 2)
        assert sentence in told.output
        assert not Person.objects.exists()

    def test_is_listed(self) -> None:
        assert "Nobody yet" in run("staff", "list").output
        run("staff", "add", "ana@vendor.example", "--role", "admin", "--name", "Ana Sol")
        assert "ana@vendor.example" in run("staff", "list").output
        assert "admin   Ana Sol (en, UTC; no team)" in run("staff", "list").output
