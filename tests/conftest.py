"""Fixtures: databases made from the migrations, and the town."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import text

from models.db import engine_url, make_engine
from models.migrate import upgrade
from rules.roles import Role
from sandbox.bot_api import WATCHERS
from tests.conformance import Checker, publication
from tests.harness import DAY, Town, local, make_town
from tests.messengers import CHOSEN, lacking, messenger_of
from tests.postgres import copy_database, on_server

# A busy machine is no failure, and each example has a database of its own.
_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
_ANY = settings(deadline=None, suppress_health_check=_SLOW)
settings.register_profile("any", _ANY)
settings.register_profile("long", _ANY)
settings.register_profile("gate", _ANY, derandomize=True)  # one commit, one verdict
settings.load_profile(os.environ.get("GRIDBOT_TEST_PROFILE", "any"))

SERVER = os.environ.get("GRIDBOT_TEST_DATABASE_URL", "")
"""A PostgreSQL address of a superuser: whatever has a database then runs there; else on SQLite."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is Telegram's alone is not asked of another messenger; what one lacks that a story needs is said.

    With a server given, what has no database is left out, and so are the contracts, which run on both anyway, and
    the same story told over again on other messengers: those differ in nothing that a database sees. So are stories
    that take many days of a quiet town: long, and the same statements again and again.
    """
    for one in items:
        if why := lacking(one):
            one.add_marker(pytest.mark.skip(reason=why))
    others = {one for one in items if _is_elsewhere(one)}
    if others:
        items[:] = [one for one in items if one not in others]
        config.hook.pytest_deselected(items=list(others))
    if not SERVER:
        return
    contracts = Path(__file__).parent / "contracts"
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        has_database = "new_database" in getattr(item, "fixturenames", ())
        told_again = bool({"wechat", "wecom"} & _parameters(item)) or item.get_closest_marker("many_days") is not None
        (kept if has_database and not told_again and contracts not in item.path.parents else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


def _is_elsewhere(item: pytest.Item) -> bool:
    """Whether it is asked of a messenger for which it is not meant, or not of the chosen one."""
    if CHOSEN:
        return messenger_of(item) != CHOSEN
    meant = {"wechat", "wecom"} if item.get_closest_marker("telegram") else set[str]()
    for marker in item.iter_markers("not_on"):
        meant |= set(marker.args)
    return bool(meant & _parameters(item))


def _parameters(item: pytest.Item) -> set[str]:
    callspec = getattr(item, "callspec", None)
    return {one for one in callspec.params.values() if isinstance(one, str)} if callspec else set()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = make_engine(engine_url(f"sqlite:///{path}"))
    upgrade(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a migrated database to copy."""
    name = f"gridbot_template_{uuid.uuid4().hex[:8]}"
    on_server(engine_url(SERVER), f'CREATE DATABASE "{name}"')
    engine = make_engine(engine_url(SERVER).set(database=name))
    upgrade(engine)
    engine.dispose()
    yield name
    on_server(engine_url(SERVER), f'DROP DATABASE "{name}"')


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes empty migrated databases; their addresses."""
    made: list[str] = []

    def sqlite() -> str:
        path = tmp_path / f"{uuid.uuid4().hex[:8]}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"

    def postgres() -> str:
        name = f"gridbot_{uuid.uuid4().hex[:12]}"
        copy_database(engine_url(SERVER), request.getfixturevalue("postgres_template"), name)
        made.append(name)
        return engine_url(SERVER).set(database=name).render_as_string(hide_password=False)

    yield postgres if SERVER else sqlite
    for name in made:
        on_server(engine_url(SERVER), f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database_url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def messenger() -> str:
    """Where the town is; a module of stories that names others is told in each."""
    return CHOSEN or "telegram"


@pytest.fixture
def shuts() -> bool:
    """Whether a window shuts where a messenger has one; with a chosen messenger everybody is taken to write often."""
    return not CHOSEN


@pytest.fixture
async def empty_town(database_url: str, messenger: str, shuts: bool) -> AsyncIterator[Town]:
    async with make_town(database_url, local(DAY, "07:00"), messenger=messenger, shuts=shuts) as town:
        yield town


@pytest.fixture
async def town(empty_town: Town) -> Town:
    """Two families in quarantine, and a full chain of staff; it is 07:00 on the first day."""
    town = empty_town
    town.employs("李网格员", Role.GRID_WORKER)
    town.employs("赵网格长", Role.GRID_HEAD)
    town.employs("孙社区", Role.COMMUNITY, "V1")
    town.employs("钱街道", Role.STREET, "S1")
    town.employs("吴分局", Role.DISTRICT, "D1")
    town.employs("周市级", Role.CITY, "C")
    town.houses("3号", [("王芳", "户主"), ("王建国", "父"), ("王小宝", "子")])
    town.houses("5号", [("张强", "户主")])
    town.joins("王芳")
    town.joins("张强")
    return town


@pytest.fixture(autouse=True)
def every_request_conforms(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever our adapters ask of Telegram in any test is held against the published Bot API, where that is at hand.

    The tests of the sandbox and of its page write their requests by hand, wrong ones among them.
    """
    published = publication()
    by_hand = request.path.parent.name in {"sandbox", "pages"}
    if published is None or by_hand or request.node.get_closest_marker("refused"):
        yield
        return
    checker = Checker(published)
    WATCHERS.append(checker)
    yield
    WATCHERS.remove(checker)
    assert checker.faults == []
