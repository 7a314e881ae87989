"""No mail costs more than it may, or takes down what reads it."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from guichet.edges.mailbox.reading import Limits, confined, parse
from guichet.edges.mailbox.reading.coding import decode, encode
from tests.edges.mailbox.reading.bombs import BOMBS, HEAVY
from tests.edges.mailbox.reading.corpus import corpus
from tests.edges.mailbox.reading.killers import KILLERS

# This machine may have other things to do.
LIMITS = Limits(patience=60)
SMALL = b"From: rose@acme.example\nSubject: Hello\n\nIt works.\n\nOn 10.03.2026 a <a@b.example> wrote:\n> x\n"


def process_of(reader: confined.Reader) -> int:
    assert reader._process is not None
    return reader._process.pid


def cpu_seconds(pid: int) -> float:
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> int:
    peak = next(
        one for one in Path(f"/proc/{pid}/status").read_text().splitlines() if one.startswith("VmHWM")
    )
    return int(peak.split()[1]) * 1024


@pytest.fixture
def reader() -> confined.Reader:
    return confined.Reader(LIMITS)


def test_it_reads_the_same_as_without() -> None:
    for raw in (SMALL, *KILLERS, *(one.raw for one in corpus()[::10])):
        assert confined.parse(raw, LIMITS) == parse(raw)


def test_what_comes_back_is_what_was_sent() -> None:
    for one in corpus()[::7]:
        mail = parse(one.raw)
        said, contents = encode(mail)
        sent = io.BytesIO(b"".join(contents))
        assert decode(said, sent.read, most=len(one.raw)) == mail


def test_there_are_forty_bombs() -> None:
    assert len(BOMBS) >= 40


def test_bombs_are_refused_with_their_reason(reader: confined.Reader) -> None:
    reader.parse(SMALL)
    pid, before = process_of(reader), cpu_seconds(process_of(reader))
    for name, raw in BOMBS.items():
        mail = reader.parse(raw)
        assert (name, bool(mail.refused), "seconds" in mail.refused) == (name, True, False)
        spent = cpu_seconds(pid)
        assert spent - before < LIMITS.seconds, name
        before = spent
    assert process_of(reader) == pid
    assert memory(pid) < LIMITS.memory


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_mails_cost_what_a_mail_may(name: str, reader: confined.Reader) -> None:
    mail = reader.parse(HEAVY[name])
    assert "seconds" not in mail.refused
    assert memory(process_of(reader)) < LIMITS.memory


def test_a_mail_that_takes_too_long_is_refused_and_the_next_one_read() -> None:
    reader = confined.Reader(Limits(seconds=0.05, patience=60))
    raw = b"From: Rose <rose@acme.example>\nSubject: Heavy\n" + HEAVY["paragraphs"]
    mail = reader.parse(raw)
    assert mail.refused == "it takes more than 0.05 seconds to read"
    assert (mail.sender, mail.subject, mail.text) == ("rose@acme.example", "Heavy", "")
    assert reader.parse(SMALL).visible == "It works."


def test_a_mail_that_takes_too_much_memory_is_refused() -> None:
    reader = confined.Reader(Limits(memory=100 * 2**20, patience=60))
    mail = reader.parse(b"Subject: Heavy\n" + HEAVY["a file of 25 MB"])
    assert (mail.refused, mail.subject) == ("it takes too much memory to read", "Heavy")
    assert reader.parse(SMALL).visible == "It works."


def test_a_process_that_was_killed_is_replaced(reader: confined.Reader) -> None:
    reader.parse(SMALL)
    killed = process_of(reader)
    os.kill(killed, signal.SIGKILL)
    assert reader.parse(SMALL).visible == "It works."
    assert process_of(reader) != killed


def test_a_process_that_hangs_is_ended() -> None:
    reader = confined.Reader(Limits(patience=0.5))
    reader.parse(b"")
    stopped = process_of(reader)
    os.kill(stopped, signal.SIGSTOP)
    assert "seconds" in reader.parse(SMALL).refused
    assert not Path(f"/proc/{stopped}").exists()


def test_it_sees_no_secrets_and_writes_no_files(
    reader: confined.Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUICHET_SECRET_KEY", "hush")
    reader.parse(SMALL)
    pid = process_of(reader)
    assert b"hush" not in Path(f"/proc/{pid}/environ").read_bytes()
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max file size")] == [
        ["0", "0"]
    ]


def test_it_loads_nothing_of_what_it_does_not_need() -> None:
    program = "import sys, guichet.edges.mailbox.reading.child; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert not {"django", "lxml", "PIL", "requests"} & set(loaded.split())


def test_each_thread_has_its_own_and_none_is_left() -> None:
    seen: dict[int, tuple[int, str]] = {}

    def work(number: int) -> None:
        for _mail in range(20):
            mail = confined.parse(SMALL, LIMITS)
        seen[number] = process_of(confined._own.reader), mail.visible

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pids = {pid for pid, _visible in seen.values()}
    assert (len(pids), {visible for _pid, visible in seen.values()}) == (4, {"It works."})
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_hundred_small_mails_cost_less_than_a_second(reader: confined.Reader) -> None:
    small = [one.raw for one in corpus()[:100]]
    reader.parse(SMALL)
    before = cpu_seconds(process_of(reader))
    for raw in small:
        reader.parse(raw)
    assert cpu_seconds(process_of(reader)) - before < 1


def test_it_starts_at_once(reader: confined.Reader) -> None:
    reader.parse(SMALL)
    assert cpu_seconds(process_of(reader)) < 0.6  # 0.2 on a calm machine
    reader.close()
