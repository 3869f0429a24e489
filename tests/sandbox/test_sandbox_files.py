"""Photos and documents: sent, limited, known by a bot's own file_id, downloaded."""

from __future__ import annotations

import struct
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile
from aiohttp import ClientSession, FormData

from sandbox.errors import ApiError
from sandbox.files import Files
from sandbox.images import picture_size
from sandbox.server import Sandbox
from sandbox.world import World

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


def png(width: int = 3, height: int = 2) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(9)


JPEG = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xff\xc0" + struct.pack(">HBHH", 17, 8, 2, 3) + bytes(12)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(3, 2), (3, 2)),
        (JPEG, (3, 2)),
        (b"GIF89a" + struct.pack("<HH", 3, 2), (3, 2)),
        (b"RIFF    WEBPVP8X" + bytes(8) + b"\x02\x00\x00\x01\x00\x00", (3, 2)),
        (b"RIFF    WEBPVP8L" + bytes(5) + struct.pack("<I", 2 | 1 << 14), (3, 2)),
        (b"RIFF    WEBPVP8 " + bytes(10) + struct.pack("<HH", 3, 2), (3, 2)),
        (b"RIFF    WEBPXXXX", None),
        (png(0, 2), None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff\xe0", None),
        (b"\xff\xd8\xff\xe0\x00\x02xx", None),
        (b"plain text", None),
        (b"", None),
    ],
)
def test_pictures_are_measured_by_their_first_bytes(content: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(content) == size


async def test_a_photo_is_sent_once_more_by_its_id_and_downloaded(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_photo(phone, BufferedInputFile(png(), "票.png"), caption="<b>车票</b>", parse_mode="HTML")
    assert sent.photo is not None
    assert (sent.caption, sent.photo[-1].width, sent.photo[-1].height, sent.photo[-1].file_size) == (
        "车票",
        3,
        2,
        len(png()),
    )
    assert [e.type for e in sent.caption_entities or ()] == ["bold"]
    again = await bot.send_photo(phone, sent.photo[-1].file_id)
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    content = await bot.download(sent.photo[-1].file_id)
    assert content is not None
    assert content.read() == png()


async def test_a_document_keeps_its_name(bot: Bot, world: World, phone: int) -> None:
    sent = await bot.send_document(phone, BufferedInputFile(b"a,b", "台账.csv"), caption="今日")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("台账.csv", 3, "今日")
    shown = world.messages(phone, "grid_bot")[0].as_json()["document"]
    assert (shown["name"], shown["size"]) == ("台账.csv", 3)


async def test_photos_of_people_reach_the_bot(bot: Bot, world: World, phone: int) -> None:
    world.send_photo(phone, "grid_bot", JPEG, "我的车票")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.photo is not None
    assert update.message.caption == "我的车票"
    content = await bot.download(update.message.photo[-1].file_id)
    assert content is not None
    assert content.read() == JPEG


async def test_a_file_id_is_worth_nothing_to_another_bot(sandbox: Sandbox, bot: Bot, call: Call, phone: int) -> None:
    other = sandbox.world.add_bot("1002:other", "other_bot", "另一个")
    stored = sandbox.world.files.add_photo(png())
    refused = await call("sendPhoto", chat_id=phone, photo=stored.file_id(other.id))
    assert refused["description"] == "Bad Request: wrong file identifier/HTTP URL specified"
    assert (await call("getFile", file_id=stored.file_id(other.id)))["description"] == "Bad Request: invalid file_id"
    assert (await call("getFile", file_id=stored.file_id(1001)))["ok"]


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "attach://nothing"}, "there is no photo in the request"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendPhoto", {"photo": "http://a.b/c.jpg"}, "failed to get HTTP URL content"),
        ("sendPhoto", {"photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
        ("sendPhoto", {"photo": "nonsense", "caption": "x" * 1025}, "message caption is too long"),
        ("getFile", {}, "file_id not specified"),
        ("getFile", {"file_id": "nonsense"}, "invalid file_id"),
    ],
)
async def test_files_that_are_none(
    call: Call, phone: int, method: str, parameters: dict[str, str], description: str
) -> None:
    refused = await call(method, chat_id=phone, **parameters)
    assert (refused["error_code"], refused["description"]) == (400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    ("kind", "content", "description"),
    [
        ("photo", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("photo", png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ("photo", png(2101, 105), "PHOTO_INVALID_DIMENSIONS"),
        ("document", b"", "file must be non-empty"),
    ],
    ids=["text", "sum of sides", "ratio", "empty"],
)
async def test_uploads_must_make_sense(
    sandbox: Sandbox, http: ClientSession, phone: int, kind: str, content: bytes, description: str
) -> None:
    form = FormData({"chat_id": str(phone)})
    form.add_field(kind, content, filename="x.bin")
    async with http.post(f"{sandbox.api_base}/bot1001:secret/send{kind.title()}", data=form) as response:
        assert (await response.json())["description"] == f"Bad Request: {description}"


def test_uploads_have_limits() -> None:
    files = Files()
    with pytest.raises(ApiError, match="file of size 10485761 bytes is too big for a photo; the maximum"):
        files.add_photo(png() + bytes(10 * 1024 * 1024 + 1 - len(png())))
    with pytest.raises(ApiError, match="file is too big"):
        files.add_document("x.bin", bytes(50 * 1024 * 1024 + 1))


@pytest.mark.parametrize("multipart", [True, False])
async def test_a_body_beyond_all_limits_is_413(
    sandbox: Sandbox, http: ClientSession, monkeypatch: pytest.MonkeyPatch, multipart: bool
) -> None:
    monkeypatch.setattr("sandbox.wire.LARGEST_BODY", 1000)
    data: Any = {"text": "x" * 2000}
    if multipart:
        data = FormData()
        data.add_field("document", bytes(600), filename="x.bin")
        data.add_field("thumbnail", bytes(600), filename="y.bin")
    async with http.post(f"{sandbox.api_base}/bot1001:secret/sendDocument", data=data) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"


async def test_broken_multipart_is_refused(sandbox: Sandbox, http: ClientSession) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    url = f"{sandbox.api_base}/bot1001:secret/sendDocument"
    async with http.post(url, data=b"--y\r\nnothing", headers=headers) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse multipart body"


@pytest.mark.parametrize(("width", "height"), [(2000, 100), (8999, 1001)])
async def test_the_largest_allowed_picture_passes(world: World, phone: int, width: int, height: int) -> None:
    assert world.send_photo(phone, "grid_bot", png(width, height)).content.file is not None


async def test_only_20_megabytes_can_be_downloaded(call: Call, world: World, phone: int) -> None:
    large = world.files.add_document("x.bin", bytes(20 * 1024 * 1024 + 1))
    refused = await call("getFile", file_id=large.file_id(1001))
    assert refused["description"] == "Bad Request: file is too big"


async def test_a_document_is_no_photo(call: Call, world: World, phone: int) -> None:
    document = world.files.add_document("x.bin", b"x")
    refused = await call("sendPhoto", chat_id=phone, photo=document.file_id(1001))
    assert refused["description"] == "Bad Request: can't use file of type Document as Photo"


async def test_an_upload_may_be_attached_under_another_name(
    sandbox: Sandbox, http: ClientSession, world: World, phone: int
) -> None:
    form = FormData({"chat_id": str(phone), "document": "attach://file0"})
    form.add_field("file0", b"a,b", filename="a.csv", content_type="text/csv")
    async with http.post(f"{sandbox.api_base}/bot1001:secret/sendDocument", data=form) as response:
        sent = (await response.json())["result"]
    assert (sent["document"]["file_name"], sent["document"]["mime_type"]) == ("a.csv", "text/csv")
