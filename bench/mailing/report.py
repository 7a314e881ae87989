"""RESULTS-MAIL.md, and the same table to read at once."""

from collections.abc import Callable, Iterator, Sequence

from ..machine import ROOT
from ..report import REMARKS, where
from .measuring import SECONDS_CALM, SINGLES, Outcome

LEAST, MOST_SLOWDOWN, MOST_SECONDS = 20, 2.0, 15.0


def table(outcomes: Sequence[Outcome]) -> str:
    """What was measured beside what it should be, in Markdown."""
    names = " | ".join(f"{one.database}, {len(one.post.mails):,} mails" for one in outcomes)
    lines = [f"| | target | {names} |", f"| --- | --- |{' ---: |' * len(outcomes)}"]
    lines += [f"| {name} | {target} | {' | '.join(values)} |" for name, target, values in _rows(outcomes)]
    return "\n".join(lines)


def write(outcomes: Sequence[Outcome]) -> None:
    """Remarks that somebody has added stay."""
    path = ROOT / "bench" / "RESULTS-MAIL.md"
    before = path.read_text() if path.exists() else ""
    remarks = before.partition(REMARKS)[2]
    parts = ["# Results: mail\n", where(), table(outcomes) + "\n", REMARKS + remarks.rstrip() + "\n"]
    path.write_text("\n".join(parts))


def _rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, list[str]]]:
    for name, target, value in ROWS:
        yield name, target, [value(one) for one in outcomes]


def _repeats(outcome: Outcome) -> int:
    return len(outcome.post.mails) - outcome.post.distinct


def _met(value: str, is_met: bool) -> str:
    return value if is_met else f"**{value}**"


def _ms(value: float) -> str:
    return f"{value:.0f} ms"


ROWS: tuple[tuple[str, str, Callable[[Outcome], str]], ...] = (
    ("mails a second", f"≥ {LEAST}", lambda o: _met(f"{o.per_second:.1f}", o.per_second >= LEAST)),
    ("each distinct mail once, where it belongs", "all", lambda o: f"{o.post.distinct:,}"),
    ("repeats, half of them in other bytes, known", "all", lambda o: f"{_repeats(o):,}"),
    ("CPU-milliseconds a mail", "", lambda o: f"{o.cpu / len(o.post.mails):.0f}"),
    (f"portal p95 while calm ({SECONDS_CALM:.0f} s)", "", lambda o: _ms(o.calm.percentile(95))),
    ("portal p95 meanwhile", "", lambda o: _ms(o.busy.percentile(95))),
    (
        "meanwhile ÷ calm",
        f"≤ {MOST_SLOWDOWN:.0f}",
        lambda o: _met(f"{o.slowdown:.1f}", o.slowdown <= MOST_SLOWDOWN),
    ),
    (
        f"p95 of {SINGLES} single mails, until they are visible",
        f"≤ {MOST_SECONDS:.0f} s",
        lambda o: _met(f"{o.visible_p95:.1f} s", o.visible_p95 <= MOST_SECONDS),
    ),
)
