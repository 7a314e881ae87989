"""The figures as a table."""

from .asking import ACTIONS
from .idle import Idle
from .measuring import FLOOR, GUICHET, HELPDESK, Result


def table(result: Result) -> str:
    lines = [
        f"### {result.database}, {result.tickets:,} requests",
        "",
        "| action | queries | page | Guichet | floor | ratio | helpdesk | share | req/s | p50 | p95 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for action in ACTIONS:
        own = result.measured[GUICHET][action]
        bare, peer = result.cost(FLOOR, action), result.cost(HELPDESK, action)
        cells = [
            action,
            str(result.queries[action]),
            f"{result.lengths[action] / 1000:.0f} kB" if result.lengths[action] else "–",
            f"{own.cpu_each:.2f}",
            f"{bare:.2f}" if bare else "–",
            f"{own.cpu_each / bare:.1f}×" if bare else "–",
            f"{peer:.1f}" if peer else "–",
            f"1/{peer / own.cpu_each:.1f}" if peer else "–",
            f"{own.per_second:.0f}",
            f"{own.percentile(50):.0f} ms",
            f"{own.percentile(95):.0f} ms",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def write(results: list[Result], alone: Idle) -> None:
    raise NotImplementedError
