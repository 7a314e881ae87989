import argparse
from contextlib import ExitStack

from .database import Cluster, cluster
from .idle import Idle, idle
from .machine import CACHE, Failed
from .mailing import measuring as mailing
from .mailing import report as mail_report
from .measuring import Result, measure, say
from .report import table, write

QUICK, FULL = [10_000], [10_000, 100_000, 1_000_000]


def main() -> None:
    options = _options()
    CACHE.mkdir(parents=True, exist_ok=True)
    if options.mail:
        _mail(options)
        return
    sizes = options.tickets or (FULL if options.full else QUICK)
    results: list[Result] = []
    with ExitStack() as stack:
        databases: list[Cluster | None] = []
        if not options.postgres:
            databases.append(None)
        if not options.sqlite:
            databases.append(stack.enter_context(cluster()))
        for database in databases:
            for tickets in sorted(sizes):
                made = measure(
                    tickets, database, rounds=options.rounds, seconds=options.seconds, peers=not options.alone
                )
                results.append(made)
                say(table(made))
    alone: Idle = idle()
    say(alone.sentence)
    if options.write:
        write(results, alone)


def _mail(options: argparse.Namespace) -> None:
    made = []
    if not options.postgres:
        made.append(mailing.measure(options.mails, None))
    if not options.sqlite:
        with cluster() as database:
            made.append(mailing.measure(options.mails, database))
    say(mail_report.table(made))
    if options.write:
        mail_report.write(made)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench/run",
        description="Measure Guichet against a bare floor and django-helpdesk; bench/README.md says how.",
    )
    parser.add_argument("--quick", action="store_true", help="10,000 requests (the default)")
    parser.add_argument("--full", action="store_true", help="10,000, 100,000 and 1,000,000 requests")
    parser.add_argument("--mail", action="store_true", help="mails that come in, instead of pages")
    parser.add_argument("--mails", type=int, default=10_000, help="so many of them (10,000)")
    parser.add_argument(
        "--tickets", type=int, nargs="+", metavar="N", help="these numbers of requests instead"
    )
    parser.add_argument("--sqlite", action="store_true", help="on SQLite alone")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL alone")
    parser.add_argument("--alone", action="store_true", help="without django-helpdesk")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is asked in turn (3)")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each time (3)")
    parser.add_argument(
        "--write", action="store_true", help="write bench/RESULTS.md, or with --mail RESULTS-MAIL.md"
    )
    options = parser.parse_args()
    options.write = options.write or options.full
    return options


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        raise SystemExit(f"✗ {failure}") from failure
