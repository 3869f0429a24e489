"""A town that outgrows its file: copied to PostgreSQL and back it is the same, and life goes on in the copy."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.app import App
from bot.cli import cli
from bot.demo.stage import Stage, StillEngine
from bot.settings import load_settings
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_polling import Polling
from models import Area, OutboxMessage
from models.copying import TABLES, CopyError, copy, forward_columns
from models.db import Database, engine_url, make_engine, make_reader
from models.vault import Vault
from rules.policy import Policy
from rules.rounds import Half, RequestStatus
from tests.harness import BOT, DAY, TOKEN, Town, requests_of

Made = Callable[[str], str]


@pytest.fixture
def backend() -> str:
    """The town begins in a file."""
    return "sqlite"


@pytest.fixture
def made(new_postgres: Callable[[], str], sqlite_template: Path, tmp_path: Path) -> Made:
    """Makes an empty migrated database of a kind; its address."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            path = tmp_path / f"copy {len(list(tmp_path.iterdir()))}.db"
            shutil.copy(sqlite_template, path)
            return f"sqlite:///{path}"
        return new_postgres()

    return make


def carry(source: str, target: str) -> None:
    """Copies, as the command does."""
    reader, writer = make_reader(engine_url(source)), make_engine(engine_url(target))
    try:
        copy(reader, writer)
    finally:
        reader.dispose()
        writer.dispose()


def rows_of(url: str) -> dict[str, list[Any]]:
    """Every row of every table, in an order that is the same everywhere."""
    engine = make_reader(engine_url(url))
    with engine.begin() as connection:
        found = {table.name: list(map(tuple, connection.execute(select(table)))) for table in TABLES}
    engine.dispose()
    return {name: sorted(rows, key=lambda row: repr(row[:2])) for name, rows in found.items()}


async def a_day(town: Town) -> None:
    """Answers, a correction, a fever that a worker takes, a household that stays silent."""
    await town.at("08:00")
    await town.phone("王芳").says("我36.5 爷爷38.4 宝宝36.4")
    await town.phone("王芳").says("宝宝36.9")
    await town.forward(minutes=1)
    await town.phone("李网格员").presses(await town.phone("李网格员").hears("38.4"), "我来处理")
    await town.at("13:00")


async def moves_to(town: Town, url: str) -> None:
    """The service stops, and another one starts with the copy."""
    was = town.stage
    await was.stop()
    database = Database(url, Vault(b"a key for the tests"), Policy())
    channel = TelegramChannel(BOT, AiogramClient(TOKEN, town.sandbox.api_base), Polling(5))
    media = {"store": was.app.settings.media.store}
    settings = load_settings(_env_file=None, database_url=url, telegram={"rate": 20}, media=media)
    app = App(settings, database, {BOT: channel}, was.clock, engine=StillEngine())
    town.stage, town.database = Stage(app, was.messenger, was.clock), database
    await town.stage.start()


async def test_a_town_copied_there_and_back_is_the_same_and_goes_on(made: Made, town: Town) -> None:
    await a_day(town)
    there, back = made("postgresql"), made("sqlite")
    at_home = town.database.url.render_as_string(hide_password=False)
    carry(at_home, there)
    carry(there, back)
    assert rows_of(there) == rows_of(back) == rows_of(at_home)

    await moves_to(town, there)
    mother, worker = town.phone("王芳"), town.phone("李网格员")
    heard = len(mother.inbox()), len(worker.inbox())
    await town.stage.settle()
    assert (len(mother.inbox()), len(worker.inbox())) == heard  # nothing is said twice
    await town.at("18:00")
    await mother.says("全家36.6")
    assert requests_of(town, "3号")[DAY, Half.EVENING] is RequestStatus.REPORTED
    assert requests_of(town, "3号")[DAY, Half.MORNING] is RequestStatus.REPORTED
    await town.forward(hours=14)
    prompts = town.read(lambda session: Counter(session.scalars(select(OutboxMessage.template)))["prompt"])
    assert prompts == 6  # two households, three slots


async def test_what_refers_to_a_later_row_arrives_too(database: Database, made: Made) -> None:
    with database.transaction() as session:
        session.add_all(
            [
                Area(id=1, level="grid", code="G", name="网格", path="/2/1/"),
                Area(id=2, level="city", code="C", name="城", path="/2/"),
            ]
        )
        session.flush()
        session.get_one(Area, 1).parent_id = 2
    target = made("postgresql")
    carry(str(database.url), target)
    assert rows_of(target) == rows_of(str(database.url))


def test_whatever_may_refer_to_a_later_row_can_be_filled_in_afterwards() -> None:
    columns = {str(column): column.nullable for table in TABLES for column in forward_columns(table)}
    assert columns == {
        "areas.parent_id": True,
        "escalations.cluster_id": True,
        "outbox.edits_id": True,
        "temperature_readings.rechecks_id": True,
        "temperature_readings.superseded_by": True,
    }


async def test_a_database_with_something_in_it_is_left_alone(town: Town, made: Made) -> None:
    target = made("sqlite")
    source = str(town.database.url)
    carry(source, target)
    before = rows_of(target)
    with pytest.raises(CopyError, match="not empty"):
        carry(source, target)
    assert rows_of(target) == before


async def test_one_that_was_not_set_up_is_refused(town: Town, tmp_path: Path) -> None:
    with pytest.raises(CopyError, match="the target has no tables"):
        carry(str(town.database.url), f"sqlite:///{tmp_path}/nothing.db")
    with pytest.raises(CopyError, match="the source has no tables"):
        carry(f"sqlite:///{tmp_path}/nothing.db", str(town.database.url))


async def test_the_command_refuses_a_service_that_runs_unless_it_is_told(town: Town, made: Made) -> None:
    await town.stage.clock.move_by(timedelta(minutes=1))
    source, target = str(town.database.url), made("postgresql")
    refused = CliRunner().invoke(cli, ["db", "copy", source, target])
    assert refused.exit_code == 1
    assert "stop the service first" in refused.output
    live = CliRunner().invoke(cli, ["db", "copy", "--live", source, target])
    assert live.exit_code == 0, live.output
    assert "the same on both sides" in live.output
    assert rows_of(source) == rows_of(target)


def test_a_service_on_postgresql_is_noticed_too(made: Made) -> None:
    source, target = made("postgresql"), made("sqlite")
    service = make_engine(engine_url(source))
    with service.connect():
        refused = CliRunner().invoke(cli, ["db", "copy", source, target])
    service.dispose()
    assert refused.exit_code == 1
    assert "stop the service first" in refused.output
    assert CliRunner().invoke(cli, ["db", "copy", source, target]).exit_code == 0


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path, made: Made) -> None:
    refused = CliRunner().invoke(cli, ["db", "copy", f"sqlite:///{tmp_path}/none.db", made("sqlite")])
    assert refused.exit_code == 1
    assert not (tmp_path / "none.db").exists()
