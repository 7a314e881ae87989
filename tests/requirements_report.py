"""Prints which tests show which numbered requirement: `bin/test --requirements`."""

from collections import defaultdict

import pytest

NUMBERS = range(1, 87)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--requirements", action="store_true", help="list the requirements and the tests that show them"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    shown: dict[int, set[str]] = defaultdict(set)
    for item in items:
        for mark in item.iter_markers("requirement"):
            for number in mark.args:
                if number not in NUMBERS:
                    raise pytest.UsageError(
                        f"{item.nodeid} shows requirement {number}, which does not exist."
                    )
                shown[number].add(item.nodeid.partition("[")[0])
    config.stash[SHOWN] = shown
    if config.getoption("requirements"):
        items.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("requirements"):
        return
    shown = config.stash[SHOWN]
    for number in NUMBERS:
        tests = sorted(shown.get(number, ()))
        terminalreporter.line(f"{number:>3}  {tests[0] if tests else '(bare)'}")
        for test in tests[1:]:
            terminalreporter.line(f"     {test}")
    bare = [str(number) for number in NUMBERS if number not in shown]
    terminalreporter.line(
        f"{len(NUMBERS) - len(bare)} of {len(NUMBERS)} shown; bare: {', '.join(bare) or 'none'}"
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    # Collecting alone is what was asked for: an empty run is then a success.
    if session.config.getoption("requirements") and session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


SHOWN: pytest.StashKey[dict[int, set[str]]] = pytest.StashKey()
