"""A flood of readings into a service that is killed (SIGKILL) again and again: which are lost or stored twice.

Beside it what people hear: who was never answered, and who twice. Three services, one after the other, each before the
same messenger: ours when it is called, ours when it asks, and an aiogram bot as its manual shows it. `--people 1000`
and `--kills 10` are the defaults.
"""

import argparse
import asyncio
import os
import signal
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bench.doors import held_port
from bench.town import BOT, town
from bench.verdict import judge, quietly
from models import Account, OutboxMessage, SeenUpdate, TemperatureReading
from models.db import Database
from rules.mail import MailState
from sandbox.server import Sandbox

TOKEN, USERNAME = "1000001:AAE-bench-token", "gridbot"
MORNING = datetime(2020, 2, 9, 22, 0, tzinfo=UTC)
"""06:00 in Baotou: nobody is asked for two hours, and whoever reports is answered."""
RATE = 40
"""Messages of people a second; the messenger takes 30 answers."""
WORKS = (0.1, 2.0)
"""Seconds between the first answer of a process and its end."""
PATIENCE, QUIET = 120.0, 25.0
"""Seconds: for a process to answer, and without an answer after which all is done."""


def main() -> None:
    """Prints two lines for each service."""
    quietly()
    parser = argparse.ArgumentParser("bench lost")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    given, _ = parser.parse_known_args()
    for way in ("webhook", "polling", "aiogram"):
        with town(given.people, members=1) as database:
            asyncio.run(_measure(way, database, given.people, given.kills))


async def _measure(way: str, database: Database, people: int, kills: int) -> None:
    async with _messenger(database, people) as (sandbox, phones):
        with held_port() as door, tempfile.TemporaryDirectory(prefix="gridbot-lost-") as folder:
            service = _Service(way, database, sandbox, Path(folder), door if way == "webhook" else 0)
            random = Random(7)
            for number in range(kills):
                await service.start()
                async with asyncio.TaskGroup() as together:
                    together.create_task(_talk(sandbox, phones[number::kills]))
                    await _answers(sandbox)
                    await asyncio.sleep(random.uniform(*WORKS))
                    await service.kill()
            await service.start()
            await _comes_to_rest(sandbox, database)
            await service.kill()
            stored = service.stored() if way == "aiogram" else database.apply(_stored)
        heard = {phone: _heard(sandbox, phone) for phone in phones}
        twice = {str(phone) for phone, times in heard.items() if times > 1}
        rode = database.apply(_rode)
    lost, again = people - len(stored), sum(count > 1 for count in stored)
    what = f"lost: {way}: {people} people, {kills} kills"
    judge(f"{what}: their readings", f"{lost} lost, {again} stored twice", "0, 0", met=not (lost or again))
    print(
        f"{what}: the bot's answers: {list(heard.values()).count(0)} never came, {len(twice)} came twice; "
        f"{len(rode)} went back with the call, {len(twice & rode)} of them twice; "
        f"{sandbox.world.figures.errors[429]} times 429",
        flush=True,
    )


@asynccontextmanager
async def _messenger(database: Database, people: int) -> AsyncIterator[tuple[Sandbox, list[int]]]:
    sandbox = Sandbox(now=MORNING, speed=1)
    await sandbox.start()
    sandbox.world.add_bot(TOKEN, USERNAME, BOT)
    phones = [sandbox.world.add_phone(f"人{one}", started=(USERNAME,)).id for one in range(people)]
    database.apply(_hand_out, phones)
    try:
        yield sandbox, phones
    finally:
        await sandbox.stop()


def _hand_out(session: Session, phones: list[int]) -> None:
    for number, phone in enumerate(phones):
        session.execute(update(Account).where(Account.address == str(number)).values(address=f"phone {phone}"))
    session.execute(update(Account).values(address=func.replace(Account.address, "phone ", "")))


def _stored(session: Session) -> list[int]:
    """How many readings there are of each person of whom there is one: each says a temperature once."""
    return list(session.scalars(select(func.count(TemperatureReading.id)).group_by(TemperatureReading.person_id)))


def _rode(session: Session) -> set[str]:
    """The chats whose answer went back with the messenger's call."""
    went = select(Account.address).join(OutboxMessage).join(SeenUpdate, SeenUpdate.answer_id == OutboxMessage.id)
    return set(session.scalars(went))


def _owed(session: Session) -> int:
    owed = OutboxMessage.state.in_([MailState.PENDING, MailState.LEASED])
    return session.scalar(select(func.count()).select_from(OutboxMessage).where(owed)) or 0


async def _talk(sandbox: Sandbox, phones: list[int]) -> None:
    """Each of them says a temperature once."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number, phone in enumerate(phones):
        await asyncio.sleep(began + number / RATE - loop.time())
        sandbox.world.send_text(phone, USERNAME, "36.5")


def _heard(sandbox: Sandbox, phone: int) -> int:
    return sum(one.from_bot for one in sandbox.world.messages(phone, USERNAME))


def _sent(sandbox: Sandbox) -> int:
    calls = sandbox.world.figures.calls
    return calls["sendMessage"]


async def _answers(sandbox: Sandbox, patience: float = PATIENCE) -> None:
    """Until the service has begun to answer, or for so many seconds."""
    before = _sent(sandbox)
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while _sent(sandbox) == before:  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(0.05)


async def _comes_to_rest(sandbox: Sandbox, database: Database) -> None:
    """Until nothing waits at the messenger and nothing is owed, and nothing was sent for longer than a lease lasts."""
    loop = asyncio.get_running_loop()
    await _answers(sandbox, QUIET)
    sent, since = _sent(sandbox), loop.time()
    async with asyncio.timeout(PATIENCE * 3):
        while loop.time() - since < QUIET or sandbox.world.bot(USERNAME).updates.after(0) or database.apply(_owed):
            await asyncio.sleep(0.5)
            if _sent(sandbox) != sent:
                sent, since = _sent(sandbox), loop.time()


class _Service:
    """One service as an operator runs it."""

    def __init__(self, way: str, database: Database, sandbox: Sandbox, folder: Path, door: int) -> None:
        self._way, self._folder = way, folder
        self._log = folder / "serve.log"
        if way == "aiogram":
            self._command = ["-m", "bench.lost", sandbox.api_base, str(folder / "kept.db")]
        else:
            self._command = ["-m", "bot", "serve"]
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GRIDBOT_")},
            "GRIDBOT_DATABASE_URL": database.url.render_as_string(hide_password=False),
            "GRIDBOT_ENCRYPTION_KEY": "a key for measuring",
            "GRIDBOT_MEDIA__STORE": str(folder / "media"),
            "GRIDBOT_TELEGRAM__TOKENS": f"{BOT}={TOKEN}",
            "GRIDBOT_TELEGRAM__API_BASE": sandbox.api_base,
            "GRIDBOT_CLOCK_URL": sandbox.page_base,
            "GRIDBOT_HTTP__PORT": str(door),
            "GRIDBOT_LOG__LEVEL": "ERROR",
        }
        if way == "webhook":
            self._environment["GRIDBOT_TELEGRAM__MODE"] = "webhook"
            self._environment["GRIDBOT_TELEGRAM__WEBHOOK_BASE"] = f"http://127.0.0.1:{door}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._log.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._command, env=self._environment, stderr=errors
            )

    async def kill(self) -> None:
        """kill -9."""
        if self._process is None or self._process.returncode is not None:
            raise RuntimeError(f"the service ended by itself: {self._log.read_text()[-2000:]}")
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    def stored(self) -> list[int]:
        """What the aiogram bot wrote down, as `_stored` counts it."""
        with closing(sqlite3.connect(self._folder / "kept.db")) as kept:
            return [int(count) for (count,) in kept.execute("SELECT count(*) FROM readings GROUP BY chat")]


async def _as_in_the_manual(api: str, path: str) -> None:
    """A bot as aiogram's manual shows one: start_polling, a handler that keeps the value and answers."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import TelegramRetryAfter
    from aiogram.types import Message

    kept = sqlite3.connect(path)
    kept.execute("PRAGMA journal_mode=WAL")
    kept.execute("CREATE TABLE IF NOT EXISTS readings (chat INTEGER, said TEXT)")
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def hear(message: Message) -> None:
        with kept:
            kept.execute("INSERT INTO readings VALUES (?, ?)", (message.chat.id, message.text))
        while True:
            try:
                await message.answer("✓ 收到，谢谢！")
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            else:
                return

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(_as_in_the_manual(sys.argv[1], sys.argv[2]))
