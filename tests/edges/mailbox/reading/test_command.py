"""`guichet mail parse` prints one JSON object a line for whatever is in its files, and ends with 0."""

import json
from pathlib import Path

import pytest

from guichet.project.cli import main
from tests.edges.mailbox.reading.bombs import BOMBS
from tests.edges.mailbox.reading.killers import KILLERS

FIELDS = [
    *("file", "message_id", "from", "to", "cc", "reply_to", "subject", "date", "in_reply_to", "references"),
    *("automatic", "text", "visible", "html", "attachments", "refused"),
]


def told(capsys: pytest.CaptureFixture[str], *files: Path) -> list[dict[str, object]]:
    with pytest.raises(SystemExit) as ended:
        main(["mail", "parse", *map(str, files)])
    assert not ended.value.code
    out, err = capsys.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


def written(folder: Path, *mails: bytes) -> list[Path]:
    files = [folder / f"{number}.eml" for number in range(len(mails))]
    for file, mail in zip(files, mails, strict=True):
        file.write_bytes(mail)
    return files


def test_a_mail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = written(
        tmp_path,
        "From: Röse <rose@acme.example>\nTo: a@b.example\nSubject: Re: Hello\nDate: 10 Mar 2026 13:00 +0000\n"
        "Message-ID: <a@acme.example>\nIn-Reply-To: <b@v.example>\nReferences: <b@v.example>\n"
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: "
        "text/html\n\n<p>It works.</p>-- <br>Rose\n"
        "--x\nContent-Disposition: attachment; filename=a.txt\n\nabc\n--x--\n".encode(),
    )
    (said,) = told(capsys, file)
    assert list(said) == FIELDS
    assert said == {
        "file": str(file),
        "message_id": "<a@acme.example>",
        "from": {"name": "Röse", "address": "rose@acme.example"},
        "to": [{"name": "", "address": "a@b.example"}],
        "cc": [],
        "reply_to": [],
        "subject": "Re: Hello",
        "date": "2026-03-10T13:00:00+00:00",
        "in_reply_to": "<b@v.example>",
        "references": ["<b@v.example>"],
        "automatic": "no",
        "text": "It works.\n\n--\nRose",
        "visible": "It works.",
        "html": "<p>It works.</p>-- <br>Rose",
        "attachments": [{"name": "a.txt", "type": "text/plain", "bytes": 3, "inline": False}],
        "refused": None,
    }


def test_anything_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bombs = [raw for raw in BOMBS.values() if len(raw) < 2**20]
    said = told(capsys, *written(tmp_path, *KILLERS, *bombs))
    assert [one["refused"] for one in said[: len(KILLERS)]] == [None] * len(KILLERS)
    assert all(one["refused"] for one in said[len(KILLERS) :])
    assert [list(one) for one in said] == [FIELDS] * (len(KILLERS) + len(bombs))


def test_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent, folder, endless = told(capsys, tmp_path / "absent.eml", tmp_path, Path("/dev/zero"))
    assert absent["refused"] == "it cannot be opened: No such file or directory"
    assert folder["refused"] == "it cannot be opened: Is a directory"
    assert endless["refused"] == f"larger than {35 * 2**20} bytes"
