"""What the documents say is so: paths, links, settings, commands, addresses and quotations."""

import os
import re
import tomllib
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import resolve

from guichet.project.cli import guichet as command_line
from guichet.project.env import KNOWN, Environment

ROOT = Path(__file__).resolve().parent.parent.parent
NAMED = re.compile(r"(?<![\w/.-])((?:guichet|bin|docs|tests|requirements|bench|\.ci)/[\w./-]*)")
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
)
DECISIONS = [name for name in PAGES if re.match(r"docs/adr/\d", name)]
SETTINGS = {*KNOWN, "DATABASE_URL", "REDIS_URL"}
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


def test_every_page_is_found_from_the_index() -> None:
    found, waiting = set[Path](), [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in found or not page.is_file():
            continue
        found.add(page)
        links = re.findall(r"\]\(([^):#]+\.md)", page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link).resolve() for link in links]
    assert [name for name in PAGES if name.startswith("docs/") and ROOT / name not in found] == []


def test_settings_of_the_code_and_of_the_page_are_the_same() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text("guichet/project/settings.py")))
    assert read | {"GUICHET_SECRET_KEY", "GUICHET_SECRET_KEY_FILE"} == SETTINGS
    for page in ("docs/operating/settings.md", "README.md"):
        assert set(re.findall(r"^\| `([A-Z_]+)` \|", text(page), re.MULTILINE)) == SETTINGS, page


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_setting_that_is_none(name: str) -> None:
    assert set(re.findall(r"\bGUICHET_[A-Z_]+\b", text(name))) - SETTINGS - {MISSPELT} == set()


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


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_is_named_exists(name: str) -> None:
    known = command_line.list_commands(None)  # type: ignore[arg-type]  # it reads the folder alone
    named = set(re.findall(r"bin/guichet ([a-z]+)", text(name)))
    assert named - set(known) == set()


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
