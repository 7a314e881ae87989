"""The house stays readable: small files, true names, closed trapdoors."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST = {".py": 250, ".js": 150, ".css": 300, ".html": 200}
LONGEST_SCRIPT = 70
VAGUE = {"utils", "util", "helpers", "helper", "services", "managers", "signals", "common", "misc"}
PRINTERS = ("guichet/project/cli/",)


def _tracked() -> list[str]:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
    return [name for name in names if name and (ROOT / name).is_file()]


FILES = _tracked()
PYTHON = [name for name in FILES if name.startswith("guichet/") and name.endswith(".py")]
CODE = [name for name in PYTHON if "/migrations/" not in name]
MIGRATIONS = [name for name in PYTHON if re.search(r"/migrations/\d", name)]
TEMPLATES = [name for name in FILES if name.startswith("guichet/") and "/templates/" in name]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def lines(name: str) -> int:
    return text(name).count("\n")


def calls(name: str) -> Iterator[tuple[int, ast.Call]]:
    for node in ast.walk(ast.parse(text(name))):
        if isinstance(node, ast.Call):
            yield node.lineno, node


def name_of(call: ast.Call) -> str:
    """What is called, without what it belongs to."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_files_are_small() -> None:
    sized = [
        name for name in FILES if name.startswith(("guichet/", "tests/", "bench/")) and name not in MIGRATIONS
    ]
    long = {name: lines(name) for name in sized if lines(name) > LONGEST.get(Path(name).suffix, 10**6)}
    scripts = {
        name: lines(name) for name in FILES if name.startswith("bin/") and lines(name) > LONGEST_SCRIPT
    }
    assert long | scripts == {}


def test_names_say_what_is_inside() -> None:
    parts = {name: set(Path(name).with_suffix("").parts) for name in CODE}
    assert {name: found & VAGUE for name, found in parts.items() if found & VAGUE} == {}


def test_migrations_are_named_as_sentences() -> None:
    poor = re.compile(r"auto_|initial$|_alter_|_x$|\d{8}")
    named = {name: Path(name).stem.partition("_")[2] for name in MIGRATIONS}
    assert [
        name for name, sentence in named.items() if poor.search(sentence) or sentence.count("_") < 2
    ] == []


@pytest.mark.parametrize("name", CODE)
def test_no_trapdoor_to_the_database(name: str) -> None:
    """No query is built from text, nor its keys from what somebody sent."""
    found = []
    for line, call in calls(name):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        built = any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in call.args[:1])
        unpacked = any(part.arg is None and not isinstance(part.value, ast.Dict) for part in call.keywords)
        if (
            method in ("raw", "extra")
            or (method in ("RawSQL", "execute") and built)
            or (method == "Q" and unpacked)
        ):
            found.append((line, method))
    assert found == []


@pytest.mark.parametrize("name", CODE)
def test_attributes_are_not_chosen_by_requests(name: str) -> None:
    found = []
    for line, call in calls(name):
        if isinstance(call.func, ast.Name) and call.func.id in ("getattr", "setattr", "eval", "exec"):
            chosen = ast.unparse(call.args[1]) if len(call.args) > 1 else ast.unparse(call.args[0])
            if call.func.id in ("eval", "exec") or re.search(r"request|POST|GET|params", chosen):
                found.append((line, ast.unparse(call)))
    assert found == []


def test_only_the_command_line_prints() -> None:
    printing = [
        (name, line)
        for name in CODE
        if not name.startswith(PRINTERS)
        for line, call in calls(name)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    ]
    assert printing == []


def test_doors_and_domain_ask_the_time_where_they_may() -> None:
    """The domain is told the time: a hidden clock could not be tested at the turn of the year."""
    clocks = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today|clock\.now)\b")
    assert [name for name in CODE if name.startswith("guichet/domain/") and clocks.search(text(name))] == []


def test_no_query_is_made_of_what_was_sent() -> None:
    """Names of columns come from us: a list that is sorted by a name that was sent tells secrets."""
    narrowing = {"Q", "filter", "exclude", "get", "order_by", "values", "values_list", "annotate", "only"}
    doors = [
        (name, line)
        for name in CODE
        if name.startswith("guichet/edges/")
        for line, call in calls(name)
        if name_of(call) in narrowing and any(keyword.arg is None for keyword in call.keywords)
    ]
    everywhere = [
        (name, line)
        for name in CODE
        for line, call in calls(name)
        if name_of(call) in {"raw", "extra", "RawSQL", "eval", "exec", "mark_safe", "__import__"}
    ]
    assert doors + everywhere == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_carry_no_script_and_no_style(name: str) -> None:
    source = re.sub(r"\{#.*?#\}", "", text(name), flags=re.DOTALL)
    inline_script = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", source)
    handlers = re.findall(r"<[^>]*\s(?:on[a-z]+|hx-on[:\-\w]*)\s*=", source)
    mail = "/email/" in name  # mail readers know no style sheets
    styles = [] if mail else re.findall(r"<style\b|<[^>]*\sstyle\s*=", source)
    trusted = re.findall(r"\|\s*safe\b|autoescape false|href=\"javascript:", source)
    assert inline_script + handlers + styles + trusted == []


def test_the_repository_speaks_of_no_other_place() -> None:
    own = "tests/architecture/test_house.py"
    places = re.compile(r"/(?:work|root|home/[a-z]+)/[a-z]|(?<!no-emit-)index-url|find-links|file://")
    readable = [
        name for name in FILES if name != own and not name.endswith((".png", ".webp", ".gif", ".ico"))
    ]
    assert [name for name in readable if places.search(text(name))] == []


def test_locked_requirements_hold_hashes_and_no_addresses() -> None:
    for name in FILES:
        if re.fullmatch(r"requirements/\w+\.txt", name):
            assert not re.search(r"https?://|file:", text(name)), name
            pins = re.findall(r"^\S+==\S+.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text(name), re.MULTILINE)
            assert len(pins) == len(re.findall(r"^[a-z0-9]\S*==", text(name), re.MULTILINE)), name


def test_the_code_is_our_own() -> None:
    licences = re.compile(r"GNU (?:Affero |Lesser )?General Public", re.IGNORECASE)
    own = "tests/architecture/test_house.py"
    texts = [name for name in FILES if name.endswith((".py", ".js", ".css", ".html")) and name != own]
    assert [name for name in texts if licences.search(text(name))] == []


def test_every_door_is_in_the_contract_of_doors() -> None:
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    doors = next(contract["modules"] for contract in contracts if contract["type"] == "independence")
    found = {name.split("/")[2] for name in CODE if re.match(r"guichet/edges/\w+/", name)}
    assert {door.rpartition(".")[2] for door in doors} == found
