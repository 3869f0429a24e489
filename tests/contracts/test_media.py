"""What a media store promises, wherever it is."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.media import Media, MediaMissingError, MediaStore, open_media
from bot.media.folder import FolderStore
from bot.media.s3 import S3Store
from bot.settings import load_settings
from models.vault import Vault

VAULT = Vault(b"a key for the tests")
CONTENT = b"\x89PNG\r\n\x1a\n a thermometer"


@pytest.fixture
async def bucket() -> AsyncIterator[tuple[str, dict[str, bytes]]]:
    """A bucket as S3 shows it over HTTP: its address and its objects."""
    objects: dict[str, bytes] = {}

    async def handle(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if request.method == "PUT":
            objects[name] = await request.read()
            return web.Response(headers={"ETag": '"1"'})
        if name not in objects:
            return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
        dated = {"ETag": '"1"', "Last-Modified": "Wed, 05 Feb 2020 08:00:00 GMT"}
        return web.Response(body=objects[name], headers=dated)

    async def delete_several(request: web.Request) -> web.Response:
        names = re.findall(r"<Key>(.*?)</Key>", await request.text())
        for name in names:
            objects.pop(name, None)
        deleted = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
        return web.Response(text=f"<DeleteResult>{deleted}</DeleteResult>", content_type="application/xml")

    application = web.Application()
    application.router.add_post("/town", delete_several)
    application.router.add_route("*", "/town/{name:.*}", handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", objects
    await runner.cleanup()


@pytest.fixture(params=["folder", "s3"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, bucket: tuple[str, dict[str, bytes]]
) -> tuple[MediaStore, Callable[[], list[bytes]]]:
    """A store, and what lies in it."""
    if request.param == "folder":
        return FolderStore(tmp_path), lambda: [one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()]
    address, objects = bucket
    store = S3Store("town", "photos", endpoint=address, region=None, key="key", secret="secret")
    return store, lambda: list(objects.values())


async def test_a_content_comes_back_as_it_was(place: tuple[MediaStore, Callable[[], list[bytes]]]) -> None:
    media = Media(place[0], VAULT)
    digest = await media.keep(CONTENT)
    assert await media.content(digest) == CONTENT


async def test_nothing_in_it_can_be_read_without_the_key(
    place: tuple[MediaStore, Callable[[], list[bytes]]],
) -> None:
    digest = await Media(place[0], VAULT).keep(CONTENT)
    [sealed] = place[1]()
    assert b"thermometer" not in sealed
    with pytest.raises(MediaMissingError):
        await Media(place[0], Vault(b"another key, of a thief")).content(digest)


async def test_the_same_content_is_kept_once(place: tuple[MediaStore, Callable[[], list[bytes]]]) -> None:
    media = Media(place[0], VAULT)
    assert await media.keep(CONTENT) == await media.keep(CONTENT) != await media.keep(CONTENT + b"!")
    assert len(place[1]()) == 2


async def test_what_is_forgotten_is_missing(place: tuple[MediaStore, Callable[[], list[bytes]]]) -> None:
    media = Media(place[0], VAULT)
    digest = await media.keep(CONTENT)
    await media.forget(digest)
    await media.forget(digest)
    with pytest.raises(MediaMissingError):
        await media.content(digest)
    assert place[1]() == []


def names_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


async def test_the_folder_lies_beside_the_database(tmp_path: Path) -> None:
    settings = load_settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'town.db'}")
    await open_media(settings, VAULT).keep(CONTENT)
    assert names_in(tmp_path) == ["town.media"]
