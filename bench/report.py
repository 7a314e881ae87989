"""The figures as tables, and the targets they are held against."""

import platform
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from .asking import ACTIONS
from .idle import Idle
from .machine import ROOT
from .measuring import FLOOR, GUICHET, HELPDESK, Result

RESULTS = ROOT / "bench" / "RESULTS.md"
REMARKS = "## Remarks\n"
HOW = (
    "CPU-milliseconds of application and database for each ask, four clients at once;"
    " [README.md](README.md) says how they are taken.\n"
)
SHARES = {"desk list": 20, "thread": 8, "submit": 2, "search": 100}
FLOORS, QUERIES, MEMORY, START = 5, 8, 150, 2.0
GROWTH = {"desk list": 1.2, "thread": 1.2, "search": 3.0}
FORMS = ("submit", "reply")


def table(result: Result) -> str:
    lines = [
        f"### {result.database}, {result.tickets:,} requests",
        "",
        "| | Guichet | floor | × floor | django-helpdesk | share | req/s | p50 | p95 | queries | page |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for action in ACTIONS:
        own = result.measured[GUICHET][action]
        bare, peer = result.cost(FLOOR, action), result.cost(HELPDESK, action)
        cells = [
            action,
            f"**{own.cpu_each:.1f}**",
            f"{bare:.1f}" if bare else "–",
            f"{own.cpu_each / bare:.1f}" if bare else "–",
            f"{peer:,.0f}" if peer else "–",
            f"1/{peer / own.cpu_each:,.1f}" if peer else "–",
            f"{own.per_second:.0f}",
            f"{own.percentile(50):.0f} ms",
            f"{own.percentile(95):.0f} ms",
            str(result.queries[action]),
            f"{result.lengths[action] / 1000:.0f} kB" if result.lengths[action] else "–",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def write(results: list[Result], alone: Idle) -> None:
    """bench/RESULTS.md anew; the remarks at its end are a person's, and stay."""
    before = RESULTS.read_text() if RESULTS.exists() else ""
    remarks = before.partition(REMARKS)[2] or "\n"
    targets = ["| target | measured | met |", "| --- | --- | --- |", *_targets(results, alone)]
    parts = [
        "# Results\n",
        where(),
        HOW,
        *(table(result) for result in results),
        alone.sentence + ".\n",
        "## Targets\n",
        "\n".join(targets) + "\n",
        REMARKS + remarks.rstrip() + "\n",
    ]
    RESULTS.write_text("\n".join(parts))


def where() -> str:
    cpu = next(
        (
            line.partition(": ")[2]
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    memory = psutil.virtual_memory().total / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in ("Django", "uvicorn", "psycopg", "Jinja2"))
    return (
        f"{datetime.now(UTC):%d %B %Y}, {psutil.cpu_count()} cores ({cpu}), {memory:.0f} GB,"
        f" {platform.system()};"
        f" Python {platform.python_version()}, {versions}, SQLite {sqlite3.sqlite_version}.\n"
    )


def _targets(results: list[Result], alone: Idle) -> Iterator[str]:
    for result in results:
        place = f"{result.database}, {result.tickets:,}"
        for action, share in SHARES.items():
            own, peer = result.cost(GUICHET, action), result.cost(HELPDESK, action)
            if own and peer:
                yield _line(
                    f"{action} ≤ 1/{share} of django-helpdesk ({place})",
                    f"1/{peer / own:,.1f}",
                    peer / own >= share,
                )
        over = {action: _over(result, action) for action in ACTIONS}
        yield _line(
            f"each ≤ {FLOORS} × the floor ({place})",
            ", ".join(f"{action} {times:.1f}" for action, times in over.items()),
            max(over.values()) <= FLOORS,
        )
        most = max(number for action, number in result.queries.items() if action not in FORMS)
        yield _line(f"≤ {QUERIES} queries a page ({place})", str(most), most <= QUERIES)
    yield from _growth(results)
    yield _line(
        f"≤ {MEMORY} MB idle, everything in one process",
        f"{alone.proportional:.0f} MB",
        alone.proportional <= MEMORY,
    )
    yield _line(f"≤ {START:.0f} s from start to first answer", f"{alone.start:.1f} s", alone.start <= START)


def _growth(results: list[Result]) -> Iterator[str]:
    smallest = min(result.tickets for result in results)
    for small in (result for result in results if result.tickets == smallest):
        for large in results:
            if large.database != small.database or large.tickets <= small.tickets:
                continue
            for action, most in GROWTH.items():
                grown = large.measured[GUICHET][action].cpu_each / small.measured[GUICHET][action].cpu_each
                yield _line(
                    f"{action} at {large.tickets:,} ≤ {most} × {small.tickets:,} ({small.database})",
                    f"{grown:.2f}",
                    grown <= most,
                )


def _over(result: Result, action: str) -> float:
    return result.measured[GUICHET][action].cpu_each / result.measured[FLOOR][action].cpu_each


def _line(target: str, measured: str, met: bool) -> str:
    return f"| {target} | {measured} | {'yes' if met else '**no**'} |"
