"""A file: sent while a message is written, handed out to those who see its request, and to nobody else."""

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment
from tests.world import NOON, World, leave


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


def send(client: Client, body: bytes, name: str = "log.txt") -> "tuple[int, dict[str, str]]":
    answer = client.generic("POST", f"/files/?name={name}", body, content_type="application/octet-stream")
    return answer.status_code, answer.json()


def picture(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def sent_with_a_request(world: World, body: bytes, name: str) -> str:
    _status, answer = send(signed_in(world, "requester"), body, name)
    world.ticket(attachments=[Attachment.objects.get(pk=answer["id"]).pk])
    return answer["id"]


@pytest.mark.requirement(15)
def test_a_picture_arrives_and_is_seen_as_one_that_we_drew(world: World) -> None:
    pk = sent_with_a_request(world, picture(), "screen.png")
    shown = signed_in(world, "agent").get(f"/files/{pk}/preview/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    whole = signed_in(world, "agent").get(f"/files/{pk}/")
    assert b"".join(whole.streaming_content) == picture()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<script>alert(1)</script>", "a.html"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a.svg"),
        (b"%PDF-1.4 /JS (app.alert(1))", "a.pdf"),
        (b"<html>", "picture.png"),
    ],
)
def test_nothing_a_stranger_sent_is_shown_in_a_page(world: World, body: bytes, name: str) -> None:
    pk = sent_with_a_request(world, body, name)
    client = signed_in(world, "agent")
    whole = client.get(f"/files/{pk}/")
    assert whole["Content-Disposition"].startswith("attachment;")
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert "html" not in whole["Content-Type"]
    assert "svg" not in whole["Content-Type"]
    assert client.get(f"/files/{pk}/preview/").status_code == 404


def test_who_does_not_see_the_request_does_not_see_its_file(world: World) -> None:
    pk = sent_with_a_request(world, b"The log.", "log.txt")
    for name in ("requester", "contact", "administrator", "agent", "lead"):
        assert signed_in(world, name).get(f"/files/{pk}/").status_code == 200, name
    absent = signed_in(world, "stranger").get(f"/files/{uuid4()}/")
    for name in ("stranger", "colleague", "foreigner"):
        answer = signed_in(world, name).get(f"/files/{pk}/")
        assert answer.status_code == 404, name
    assert absent.status_code == 404
    assert Client().get(f"/files/{pk}/").status_code == 302


def test_the_right_is_asked_anew_each_time(world: World) -> None:
    pk = sent_with_a_request(world, b"The log.", "log.txt")
    client = signed_in(world, "requester")
    assert client.get(f"/files/{pk}/").status_code == 200
    leave(world.people["requester"])
    assert client.get(f"/files/{pk}/").status_code == 404


def test_a_file_of_a_note_is_for_staff(world: World) -> None:
    _status, answer = send(signed_in(world, "agent"), b"internal", "note.txt")
    ticket = world.ticket()
    tickets.note(
        ticket,
        body="See the file.",
        attachments=[Attachment.objects.get().pk],
        by=world.actor("agent"),
        at=NOON,
    )
    assert signed_in(world, "lead").get(f"/files/{answer['id']}/").status_code == 200
    assert signed_in(world, "requester").get(f"/files/{answer['id']}/").status_code == 404


def test_an_unsent_file_is_its_senders_alone_and_can_be_taken_back(world: World) -> None:
    client = signed_in(world, "requester")
    _status, answer = send(client, b"draft", "draft.txt")
    for name in ("colleague", "administrator", "agent"):
        assert signed_in(world, name).get(f"/files/{answer['id']}/").status_code == 404
        assert signed_in(world, name).post(f"/files/{answer['id']}/removal/").status_code == 404
    assert client.post(f"/files/{answer['id']}/removal/").status_code == 204
    assert not Attachment.objects.exists()


def test_the_chip_of_an_unsent_file_is_its_senders_alone_and_ends_with_sending(world: World) -> None:
    client = signed_in(world, "requester")
    _status, answer = send(client, picture(), "<b>screen.png")
    address = f"/files/{answer['id']}/chip/"
    shown = client.get(address)
    page = shown.content.decode()
    assert page.count("<li>") == 1
    for words in (
        "&lt;b&gt;screen.png",
        f'data-remove="{answer["id"]}"',
        f'src="/files/{answer["id"]}/preview/"',
    ):
        assert words in page, words
    assert shown["Cache-Control"] == "private, no-store"
    for name in ("colleague", "administrator", "agent", "admin"):
        assert signed_in(world, name).get(address).status_code == 404, name
    assert Client().get(address).status_code == 302
    world.ticket(attachments=[answer["id"]])
    assert client.get(address).status_code == 404


def test_nobody_sends_what_somebody_else_uploaded(world: World) -> None:
    from guichet.foundation.refusals import Invalid

    send(signed_in(world, "foreigner"), b"theirs", "theirs.txt")
    with pytest.raises(Invalid):
        world.ticket(attachments=[Attachment.objects.get().pk])


@pytest.mark.parametrize(("body", "status"), [(b"", 422), (b"x" * (1024 * 1024 + 1), 413)])
def test_what_is_empty_or_too_large_is_refused_with_a_sentence_and_leaves_nothing(
    world: World, tmp_path: Path, body: bytes, status: int
) -> None:
    answered, answer = send(signed_in(world, "requester"), body)
    assert answered == status
    assert answer["sentence"]
    assert not Attachment.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a%00b.txt",
        "%E2%80%AEgpj.exe",
        "CON",
        "x" * 300 + ".txt",
        "",
        "%0d%0aX-Evil: 1",
        "%FF%FE",
    ],
)
def test_a_name_is_data_and_nothing_else(world: World, tmp_path: Path, name: str) -> None:
    status, answer = send(signed_in(world, "requester"), b"words", name)
    assert status == 201
    assert not {"/", "\\", "\0", "\n", "\u202e"} & set(answer["name"])
    stored = next(path for path in tmp_path.rglob("*") if path.is_file())
    assert stored.name not in name
    fetched = signed_in(world, "requester").get(f"/files/{answer['id']}/")
    assert "X-Evil" not in fetched
    assert fetched.status_code == 200


def test_a_picture_of_absurd_size_is_kept_and_never_unpacked(world: World) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    pk = sent_with_a_request(world, bomb, "bomb.png")
    assert signed_in(world, "agent").get(f"/files/{pk}/preview/").status_code == 404


def test_a_post_without_its_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["requester"])
    answer = client.generic("POST", "/files/?name=a.txt", b"x", content_type="application/octet-stream")
    assert answer.status_code == 403
    assert not Attachment.objects.exists()


def test_while_files_cannot_be_kept_nothing_that_was_typed_is_lost(world: World, tmp_path: Path) -> None:
    ticket, pk = world.ticket(), sent_with_a_request(world, picture(), "screen.png")
    tmp_path.rename(tmp_path.with_name("elsewhere"))
    tmp_path.write_bytes(b"")
    requester = signed_in(world, "requester")
    for path in ("", "preview/"):
        answer = requester.get(f"/files/{pk}/{path}")
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    status, said = send(requester, b"words")
    assert (status, said["sentence"][:20]) == (503, "Files cannot be kept")
    form = {"body": "Here is the log.", "files": io.BytesIO(b"words")}
    again = requester.post(f"/requests/{ticket.pk}/replies/", form)
    assert again.status_code == 422
    for words in ("Here is the log.", "Files cannot be kept"):
        assert words in again.content.decode()
