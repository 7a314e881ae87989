"""What the documents say is so: paths, links, settings, commands, addresses and quotations."""

import os
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import resolve

from guichet.edges.mailbox.ways.imap.accounts import PREFIX, accounts_in
from guichet.project.cli import guichet as command_line
from guichet.project.env import KNOWN, Environment

ROOT = Path(__file__).resolve().parent.parent.parent
NAMED = re.compile(r"(?<![\w/.-])((?:guichet|bin|docs|tests|requirements|bench|\.ci)/[\w./-]*)")
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
)
DECISIONS = [name for name in PAGES if re.match(r"docs/adr/\d", name)]
SETTINGS = {*KNOWN, "DATABASE_URL", "REDIS_URL"}
SHOWN = re.MULTILINE | re.DOTALL
MISSPELT = "GUICHET_MAIL_URI"  # the example of what stops the start
# Not a page, or only there in a demonstration and while developing.
ELSEWHERE = ("/live/", "/healthz", "/readyz", "/_outbox/", "/_styleguide/", "/static/")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text(name), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_every_path_that_is_named_exists(name: str) -> None:
    assert [path for path in NAMED.findall(text(name)) if not (ROOT / path.rstrip("./")).exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_inside_the_repository_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text(name), flags=re.DOTALL))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not ((ROOT / name).parent / link).exists()] == []


def test_the_index_names_every_page() -> None:
    named = re.findall(r"\]\(([^):#]+\.md)\)", text("docs/README.md"))
    assert sorted(name for name in PAGES if name.startswith("docs/") and name != "docs/README.md") == sorted(
        f"docs/{name}" for name in named if not name.startswith("../")
    )


def test_settings_of_the_code_and_of_the_page_are_the_same() -> None:
    code = text("guichet/project/settings.py") + text("guichet/project/signatures.py")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code))
    assert read | {"GUICHET_SECRET_KEY", "GUICHET_SECRET_KEY_FILE"} == SETTINGS
    for page in ("docs/operating/settings.md", "README.md"):
        assert set(re.findall(r"^\| `([A-Z_]+)` \|", text(page), re.MULTILINE)) == SETTINGS, page


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_setting_that_is_none(name: str) -> None:
    named = {word for word in re.findall(r"\bGUICHET_[A-Z_]+\b", text(name)) if not word.startswith(PREFIX)}
    assert named - SETTINGS - {MISSPELT} == set()


def test_the_accounts_of_the_page_are_understood() -> None:
    mistakes: list[str] = []
    shown = "\n".join(re.findall(r"^```\n(GUICHET_MAILBOX_.*?)^```$", text("docs/operating/mail.md"), SHOWN))
    accounts = [accounts_in(part, mistakes.append) for part in settings_in(shown)]
    assert mistakes == []
    assert [(one["support"].user, bool(one["support"].oauth)) for one in accounts] == [
        ("support@example.com", False),
        ("support@example.com", True),
    ]


def settings_in(shown: str) -> list[dict[str, str]]:
    """The examples, each with secrets in the place of the files that hold them."""
    examples: list[dict[str, str]] = []
    for line in shown.split():
        name, _, value = line.partition("=")
        if name == f"{PREFIX}SUPPORT":
            examples.append({})
        is_file = name.endswith("_FILE")
        examples[-1][name.removesuffix("_FILE")] = "secret" if is_file else value
    return examples


def test_a_misspelt_setting_stops_the_start_with_the_words_of_the_page() -> None:
    environment = Environment({"GUICHET_DEMO": "yes", MISSPELT: "smtp://mail.example.com"})
    environment.flag("GUICHET_DEMO")
    with pytest.raises(ImproperlyConfigured) as stopped:
        environment.refuse_mistakes()
    assert f"Error: {stopped.value}\n" in text("docs/operating/settings.md")


def test_the_two_commands_of_the_readme_can_be_run() -> None:
    commands = {line.split()[0] for block in blocks("README.md", "") for line in block.splitlines() if line}
    assert {"bin/run", "bin/test"} <= commands
    scripts = [name for name in commands if name.startswith("bin/")]
    assert [name for name in scripts if not os.access(ROOT / name, os.X_OK)] == []


def commands_in(name: str) -> list[str]:
    """Each `guichet …` in quotation marks or in a block, without what the shell does with it.

    `unix` is of Postfix: a line of its own that begins so.
    """
    page = text(name)
    lines = "\n".join(re.findall(r"^```\w*\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)).splitlines()
    quoted = [*re.findall(r"`([^`\n]+)`", page), *lines]
    found = [re.search(r"(?:^|bin/)guichet ((?!unix)[a-z]+(?: .*)?)$", words.strip()) for words in quoted]
    return [re.split(r" (?:[|&;<>#]|  )", match[1])[0] for match in found if match]


def unknown(words: list[str]) -> str | None:
    """The first word of a command line that the command does not know, an option or a command within."""
    here: click.Command = command_line
    while words and isinstance(here, click.Group):
        within = here.get_command(click.Context(here), words[0])
        if within is None:
            return words[0]
        here, words = within, words[1:]
    options = {"--help"}.union(*(parameter.opts for parameter in here.params))
    return next((word for word in words if word.startswith("--") and word not in options), None)


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_is_named_exists_with_its_options(name: str) -> None:
    assert [line for line in commands_in(name) if unknown(shlex.split(line)) is not None] == []


def test_commands_are_found_where_they_are_named() -> None:
    assert "policy export /var/lib/guichet/policy.toml" in commands_in("docs/operating/install.md")
    assert "mail deliver" in commands_in("docs/operating/mail.md")
    assert unknown(["staff", "add", "a@b.example", "--rolle", "agent"]) == "--rolle"
    assert unknown(["staff", "dismiss"]) == "dismiss"


@pytest.mark.parametrize("name", PAGES)
def test_every_address_that_is_named_answers(name: str) -> None:
    for address in re.findall(r"`(/(?!_)[a-z]+/?(?:[a-z]+/)*)`", text(name)):
        if not address.startswith(ELSEWHERE):
            assert resolve(address), address


@pytest.mark.parametrize("name", [name for name in PAGES if name != "docs/operating/policy.md"])
def test_quoted_code_stands_in_the_code(name: str) -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("guichet", "tests")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".py", ".css")
    ]
    quotations = [*blocks(name, "python"), *blocks(name, "css")]
    assert [quoted for quoted in quotations if not any(quoted in source for source in sources)] == []


def test_the_floors_of_the_page_are_those_that_are_checked() -> None:
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = {contract["name"]: " → ".join(contract.get("layers", ())) for contract in contracts}
    page = text("ARCHITECTURE.md")
    assert layers["Floors"] in page
    assert layers["Subjects"] in page


@pytest.mark.parametrize("name", DECISIONS)
def test_every_decision_says_why_and_what_it_costs(name: str) -> None:
    page = text(name)
    headings = [heading.lower() for heading in re.findall(r"^#+ (.+)$", page, re.MULTILINE)]
    assert [part for part in ("context", "decision", "consequences") if part not in headings] == []
    assert re.search(r"\b20\d\d-\d\d-\d\d\b", page)
    assert len(page.splitlines()) <= 70


def test_no_two_decisions_have_the_same_number() -> None:
    numbers = [Path(name).name[:4] for name in DECISIONS]
    assert sorted(set(numbers)) == sorted(numbers)
