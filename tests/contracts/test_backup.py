"""A backup while a flood is being written: whole, and with everything that was confirmed before it began."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.cli import cli
from channels.port import Text
from models import SeenUpdate
from models.backup import BackupError, back_up
from models.db import engine_url, make_reader
from tests.contracts.post_office import PostOffice
from tests.harness import TOKEN, Town
from tests.patience import until

KEY = "a key for the tests"


@pytest.fixture
def backend() -> str:
    """What is a file."""
    return "sqlite"


def updates_in(file: Path) -> int:
    """How many updates had their effect by the time of the backup."""
    engine = make_reader(engine_url(f"sqlite:///{file}"))
    with engine.begin() as connection:
        found = len(connection.execute(select(SeenUpdate.update_id)).all())
    engine.dispose()
    return found


def file_of(town: Town) -> Path:
    return Path(town.database.url.database or "")


async def test_nothing_confirmed_before_it_began_is_missing(town: Town, post: PostOffice, tmp_path: Path) -> None:
    confirmed = 0
    ended = False

    async def flood() -> None:
        nonlocal confirmed
        while not ended:
            await post.hears("王芳", Text(f"全家36.{confirmed % 7}"))
            confirmed += 1

    writing = asyncio.create_task(flood())
    found = [(0, 0)]
    for number in range(3):
        await until(lambda: confirmed > found[-1][0])  # a backup of nothing would prove nothing
        before = confirmed
        made = await asyncio.to_thread(back_up, file_of(town), tmp_path / f"backup {number}.db")
        found.append((before, updates_in(made.file)))
    ended = True
    await writing
    assert [(before, there) for before, there in found if there < before] == []


async def test_a_restored_backup_is_one_that_the_doctor_passes(town: Town, tmp_path: Path) -> None:
    await town.at("08:00")
    await town.phone("王芳").says("全家36.5")
    made = await asyncio.to_thread(back_up, file_of(town), tmp_path / "restored.db")
    env = {
        "GRIDBOT_DATABASE_URL": f"sqlite:///{made.file}",
        "GRIDBOT_ENCRYPTION_KEY": KEY,
        "GRIDBOT_TELEGRAM__TOKENS": TOKEN,
        "GRIDBOT_TELEGRAM__API_BASE": town.sandbox.api_base,
        "GRIDBOT_MEDIA__STORE": str(tmp_path / "media"),
    }
    checked = CliRunner(env=env).invoke(cli, ["db", "check"])
    assert checked.exit_code == 0, checked.output
    looked_at = await asyncio.to_thread(CliRunner(env=env).invoke, cli, ["doctor"])
    assert looked_at.exit_code == 0, looked_at.output
    assert updates_in(made.file) == 1


def test_it_is_one_file_for_its_owner_alone(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    result = CliRunner(env={"GRIDBOT_DATABASE_URL": database_url}).invoke(cli, ["db", "backup", f"{folder}/one.db"])
    assert result.exit_code == 0, result.output
    assert [one.name for one in folder.iterdir()] == ["one.db"]
    file = folder / "one.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert f"{file.stat().st_size} bytes" in result.output


def test_without_a_name_it_lies_beside_the_database(database_url: str) -> None:
    file = Path(engine_url(database_url).database or "")
    result = CliRunner(env={"GRIDBOT_DATABASE_URL": database_url}).invoke(cli, ["db", "backup"])
    assert result.exit_code == 0, result.output
    assert len(list(file.parent.glob(f"{file.stem}-*Z.db"))) == 1


def test_nothing_is_overwritten(database_url: str, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("somebody's")
    result = CliRunner(env={"GRIDBOT_DATABASE_URL": database_url}).invoke(cli, ["db", "backup", str(there)])
    assert result.exit_code == 1
    assert "nothing is overwritten" in result.output
    assert there.read_text() == "somebody's"


def test_what_is_damaged_is_said(database_url: str, tmp_path: Path) -> None:
    file = Path(engine_url(database_url).database or "")
    with file.open("r+b") as broken:
        broken.seek(4096 * 4)
        broken.write(b"\xff" * 4096)
    with pytest.raises(BackupError):
        back_up(file, tmp_path / "backup.db")
    assert not list(tmp_path.glob("*backup.db*"))


def test_postgresql_has_a_tool_of_its_own() -> None:
    env = {"GRIDBOT_DATABASE_URL": "postgresql://somebody@localhost/none"}
    result = CliRunner(env=env).invoke(cli, ["db", "backup"])
    assert result.exit_code == 1
    assert "pg_dump" in result.output
