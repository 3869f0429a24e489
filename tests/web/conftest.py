"""Databases for the board's tests, and the site on a port of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from services.clock import ManualClock
from tests.web.village import NOW, open_village
from web.site import make_site

Visit = Callable[..., AbstractAsyncContextManager[aiohttp.ClientResponse]]


@pytest.fixture
def empty(database_url: str) -> Iterator[Database]:
    database = Database(database_url, Vault(b"a key only for the tests"), Policy())
    yield database
    database.close()


@pytest.fixture
def village(database_url: str) -> Iterator[Database]:
    database = open_village(database_url)
    yield database
    database.close()


@asynccontextmanager
async def serving(database: Database, now: datetime = NOW) -> AsyncIterator[TestServer]:
    """The site over a database, the clock standing still."""
    server = TestServer(make_site(database, ManualClock(now)))
    async with server:
        yield server


@pytest.fixture
async def visit(village: Database) -> AsyncIterator[Visit]:
    """Asks the village's site for a path."""
    async with serving(village) as server, aiohttp.ClientSession() as http:

        def visit(path: str, **headers: str) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
            return http.get(server.make_url(path), headers={k.replace("_", "-"): v for k, v in headers.items()})

        yield visit
