"""The thermometer's photo: kept sealed, and in the hands of whoever has the alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from models import AuditEntry, MediaCopy, ReceivedMedia
from rules.media import MediaState, type_of
from rules.roles import Role
from tests.contracts.adapters import picture
from tests.harness import BOT, Phone, Town, readings_of

JPEG = b"\xff\xd8\xff\xe0" + bytes(400)


def pictures(phone: Phone) -> list[bytes]:
    """The photos that the bot has sent here, oldest first."""
    found = phone.town.sandbox.world.messages(phone.number, phone.bot)
    return [one.content.file.content for one in found if one.from_bot and one.content.file]


def received(town: Town) -> list[ReceivedMedia]:
    return town.read(lambda session: list(session.scalars(select(ReceivedMedia).order_by(ReceivedMedia.id))))


def kept_files(town: Town) -> list[Path]:
    folder = Path(town.stage.app.settings.media.store or "")
    return [one for one in folder.rglob("*") if one.is_file()]


@pytest.mark.needs("captions")
async def test_a_photo_with_a_fever_reaches_the_worker_with_the_alert(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.sends_photo(picture(), "小宝38.4")
    assert readings_of(town) == {"王小宝": [38.4]}
    alert = await worker.hears("38.4")
    assert "📷 照片 1 张" in worker.again(alert).text
    shown = await worker.hears("📷 王芳")
    assert "3号" in shown.text
    assert pictures(worker) == [picture()]


async def test_a_photo_after_the_alert_goes_to_whoever_has_it(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.says("小宝38.4")
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")
    assert "照片收到了" in (await mother.sends_photo(picture())).text
    assert "📷 照片 1 张" in worker.again(alert).text
    assert pictures(worker) == [picture()]
    assert pictures(town.phone("赵网格长")) == []


async def test_two_fevers_at_one_door_show_the_picture_once(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.says("我36.5 小宝38.4 王建国38.0")
    await mother.sends_photo(picture())
    await worker.hears("📷 王芳")
    assert pictures(worker) == [picture()]


@pytest.mark.needs("captions")
async def test_the_photos_can_be_seen_again_and_the_look_is_written_down(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.sends_photo(picture(), "小宝38.4")
    alert = await worker.hears("38.4")
    uploads = len(received(town))
    await worker.presses(alert, "看照片")
    assert pictures(worker) == [picture(), picture()]
    looks = select(AuditEntry).where(AuditEntry.act == "look")
    assert len(town.read(lambda session: session.scalars(looks).all())) == 1
    assert town.read(lambda session: session.scalars(select(MediaCopy)).one().bot) == BOT
    assert uploads == 1


@pytest.mark.needs("captions")
async def test_what_telegram_has_forgotten_is_sent_with_its_bytes(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.sends_photo(picture(), "小宝38.4")
    with town.database.transaction() as session:
        session.scalars(select(MediaCopy)).one().external_id = "AgACforgotten"
    await worker.presses(await worker.hears("38.4"), "看照片")
    assert pictures(worker) == [picture(), picture()]


async def test_a_worker_of_another_grid_does_not_see_it(town: Town) -> None:
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    await town.at("08:00")
    await mother.sends_photo(picture(), "小宝38.4")
    alert = await worker.hears("38.4")
    key = next(data for label, data in worker.again(alert).buttons if "看照片" in label)
    other = town.employs("郑网格员", Role.GRID_WORKER, "G2")
    assert "没有改动" in (await other.forges(key)).text
    assert pictures(other) == []


async def test_a_file_that_is_no_picture_is_refused_with_what_is_taken(town: Town) -> None:
    mother = town.phone("王芳")
    assert "请发照片" in (await mother.sends_file("病毒.exe", b"MZ not a picture")).text
    [row] = received(town)
    assert (row.state, row.digest) == (MediaState.REFUSED, "")


@pytest.mark.needs("bot api")
async def test_what_could_not_be_fetched_is_fetched_later(town: Town) -> None:
    mother = town.phone("王芳")
    town.sandbox.world.arm_fault("status", method="getFile", status=502)
    await mother.sends_photo(picture())
    assert received(town)[0].state is MediaState.OWED
    await town.forward(minutes=1)
    assert received(town)[0].state is MediaState.KEPT


@pytest.mark.needs("bot api")
async def test_what_telegram_does_not_have_any_more_is_asked_for_again(town: Town) -> None:
    mother = town.phone("王芳")
    refusal = {"status": 400, "description": "Bad Request: file is temporarily unavailable"}
    town.sandbox.world.arm_fault("status", method="getFile", **refusal)
    assert "请再发一次" in (await mother.sends_photo(picture())).text
    assert received(town)[0].state is MediaState.GONE


async def test_a_photo_of_a_stranger_is_answered_and_not_kept(town: Town) -> None:
    stranger = town.stranger("路人")
    assert "我是网格通" in (await stranger.sends_photo(picture())).text
    assert received(town) == []


async def test_the_store_holds_nothing_that_can_be_read(town: Town) -> None:
    await town.phone("王芳").sends_photo(picture())
    [file] = kept_files(town)
    assert picture() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


async def test_photos_are_forgotten_after_their_time(town: Town) -> None:
    await town.phone("王芳").sends_photo(picture())
    errands = town.stage.app.errands
    assert await errands.tidy() == 0
    with town.database.transaction() as session:
        row = session.scalars(select(ReceivedMedia)).one()
        row.at = row.at.replace(year=2019)
    assert await errands.tidy() == 1
    assert kept_files(town) == []


def test_a_content_is_known_by_itself_and_not_by_its_name() -> None:
    assert type_of(JPEG) == "image/jpeg"
    assert type_of(picture()) == "image/png"
    assert type_of(b"RIFF\0\0\0\0WEBPVP8 ") == "image/webp"
    assert type_of(b"%PDF-1.7 ") == "application/pdf"
    assert type_of(b"GIF89a") is None
    assert type_of(b"") is None
    assert type_of(JPEG + bytes(10_000_000)) is None
