"""Both databases in one run, and a messenger with one bot for the channels."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import structlog
from sqlalchemy import URL

from bench.doors import held_port
from channels.port import Address, Channel
from models.db import Database, engine_url, make_engine
from models.migrate import upgrade
from models.vault import Vault
from rules.policy import Policy
from sandbox.server import Sandbox
from sandbox.wechat.account import ServiceAccount
from tests.conftest import SERVER
from tests.contracts.adapters import (
    ADAPTERS,
    APPLICATION,
    BOT,
    NOON,
    SERVICE_ACCOUNT,
    TOKEN,
    USERNAME,
    MakeChannel,
    called_in_the_sealed_way,
    open_service_account,
    open_wecom,
)
from tests.contracts.post_office import IMPATIENT, PATIENT, PostOffice, post_office
from tests.harness import Town
from tests.light import light
from tests.postgres import copy_database, on_server, own_server

STARTS = 3
"""How often a server is tried to be started."""


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> Iterator[None]:
    """Errors that the tests cause are logged without the drawing around them: it takes seconds each."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL: the one that is given, else one of our own that ends with the tests."""
    if SERVER:
        yield engine_url(SERVER)
        return
    with ExitStack() as stack:
        yield _started(stack)


def _started(stack: ExitStack) -> URL:
    """A server of our own; on a busy machine the first start may take longer than it is waited for."""
    why: Exception | None = None
    for _ in range(STARTS):
        try:
            return stack.enter_context(own_server())
        except Exception as error:
            why = error
    said = f"no PostgreSQL can be started here: {why!r}"
    if os.environ.get("GRIDBOT_TEST_PROFILE") == "gate":
        pytest.fail(said)
    pytest.skip(said)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> Iterator[URL]:
    """A migrated database to copy."""
    url = postgres_server.set(database=f"gridbot_template_{uuid.uuid4().hex[:8]}")
    on_server(postgres_server, f'CREATE DATABASE "{url.database}"')
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    yield url
    on_server(postgres_server, f'DROP DATABASE "{url.database}"')


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server: URL = request.getfixturevalue("postgres_server")
    url = server.set(database=f"gridbot_empty_{uuid.uuid4().hex[:8]}")
    on_server(server, f'CREATE DATABASE "{url.database}"')
    yield url.render_as_string(hide_password=False)
    on_server(server, f'DROP DATABASE "{url.database}" WITH (FORCE)')


@pytest.fixture
def new_database(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes empty migrated databases; their addresses. Every test that uses one runs on both."""

    def sqlite() -> str:
        path = tmp_path / f"{uuid.uuid4().hex[:8]}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"

    postgres: Callable[[], str] | None = None if backend == "sqlite" else request.getfixturevalue("new_postgres")
    return postgres or sqlite


@pytest.fixture
def new_postgres(postgres_server: URL, postgres_template: URL) -> Iterator[Callable[[], str]]:
    """Makes empty migrated databases on PostgreSQL, whichever the test began with; their addresses."""
    made: list[URL] = []

    def make() -> str:
        made.append(postgres_template.set(database=f"gridbot_{uuid.uuid4().hex[:12]}"))
        copy_database(postgres_server, str(postgres_template.database), str(made[-1].database))
        return made[-1].render_as_string(hide_password=False)

    yield make
    for url in made:
        on_server(postgres_server, f'DROP DATABASE "{url.database}" WITH (FORCE)')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = light(Database(database_url, Vault(b"a key for the tests"), Policy()))
    yield database
    database.close()


@pytest.fixture
async def sandbox(request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """A messenger whose clock stands at noon, with one bot of the adapter under test."""
    sandbox = Sandbox(NOON)
    chosen = request.getfixturevalue("adapter") if "adapter" in request.fixturenames else ""
    if chosen == SERVICE_ACCOUNT:
        open_service_account(sandbox)
    elif chosen == APPLICATION:
        open_wecom(sandbox)
    else:
        sandbox.world.add_bot(TOKEN, USERNAME, "网格通")
    with held_port() as port:  # it may go away, and come back where it was
        await sandbox.start(port=port)
        yield sandbox
        await sandbox.stop()


@pytest.fixture
def phone(sandbox: Sandbox) -> int:
    """The number of a phone whose holder has started the bot."""
    number = sandbox.world.add_phone("王芳", started=(USERNAME,)).id
    bot = sandbox.world.bot(USERNAME)
    if isinstance(bot, ServiceAccount):
        bot.followers.add(number)
        bot.inbox.window(number).says(sandbox.world.clock.micros())
    return number


@pytest.fixture
def chat(phone: int) -> Address:
    return Address(BOT, str(phone))


@pytest.fixture(params=[*ADAPTERS, SERVICE_ACCOUNT, APPLICATION])
def adapter(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make_channel(adapter: str, sandbox: Sandbox) -> MakeChannel:
    return called_in_the_sealed_way(adapter, sandbox) or ADAPTERS[adapter]


@pytest.fixture
def request_seconds() -> float:
    """For how long the adapter under test waits for an answer; few where silence is the story (`impatient`)."""
    return PATIENT


@pytest.fixture
async def channel(make_channel: MakeChannel, sandbox: Sandbox, request_seconds: float) -> AsyncIterator[Channel]:
    """The adapter under test."""
    channel = make_channel(BOT, TOKEN, sandbox.api_base, poll_seconds=2, request_seconds=request_seconds)
    yield channel
    await channel.close()


@pytest.fixture
async def post(town: Town) -> AsyncIterator[PostOffice]:
    """The town's post office; nothing is owed yet."""
    async with post_office(town) as post:
        yield post


@pytest.fixture
async def impatient_post(town: Town) -> AsyncIterator[PostOffice]:
    """A post office whose client soon gives up waiting for an answer."""
    async with post_office(town, IMPATIENT) as post:
        yield post
