"""Several `gridbot serve` on one PostgreSQL against one sandbox, started and killed at will."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from models import Account, OutboxMessage, SeenUpdate
from models.db import Database
from models.migrate import upgrade
from models.vault import Vault
from rules.mail import MailState, Priority
from rules.policy import Policy
from sandbox.server import Sandbox
from services.bots import register_bots

KEY = "a key for the processes"
START_SECONDS = 90
"""Patience for a process to be ready: it loads a library for seconds, and the machine may be busy."""


def token(bot: str) -> str:
    """A bot's token in the sandbox."""
    return f"{1_000_000 + sum(bot.encode())}:AAE-{bot}-token"


@dataclass
class Fleet:
    """The processes, the database that they share, and the messenger."""

    url: str
    sandbox: Sandbox
    database: Database
    bots: Sequence[str]
    folder: Path
    phones: dict[str, list[int]] = field(default_factory=dict)
    running: list[asyncio.subprocess.Process] = field(default_factory=list)
    logs: dict[int, Path] = field(default_factory=dict)
    """What each process has logged, by its number, a JSON object a line."""

    async def start(self, **more: str) -> asyncio.subprocess.Process:
        """One more process, as an operator starts it, with `more` settings; returned when it is ready to work."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GRIDBOT_")},
            "GRIDBOT_DATABASE_URL": self.url,
            "GRIDBOT_ENGINE": "distributed",
            "GRIDBOT_ENCRYPTION_KEY": KEY,
            "GRIDBOT_MEDIA__STORE": str(self.folder / "media"),
            "GRIDBOT_TELEGRAM__TOKENS": ",".join(f"{bot}={token(bot)}" for bot in self.bots),
            "GRIDBOT_TELEGRAM__API_BASE": self.sandbox.api_base,
            "GRIDBOT_HTTP__PORT": "0",
            "GRIDBOT_LOG__JSON": "true",
            "GRIDBOT_QUIET__FROM": "00:00",  # no quiet hours: notices of whoever measures at night leave too
            "GRIDBOT_QUIET__TO": "00:00",
            **more,
        }
        log = self.folder / f"serve-{len(list(self.folder.glob('serve-*')))}.log"
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", env=environment, stderr=errors
            )
        self.running.append(process)
        self.logs[process.pid] = log
        async with asyncio.timeout(START_SECONDS):
            while b'"listening"' not in log.read_bytes():
                if process.returncode is not None:
                    raise RuntimeError(f"the process ended by itself: {log.read_text()[-2000:]}")
                await asyncio.sleep(0.05)
        return process

    async def kill(self, process: asyncio.subprocess.Process) -> None:
        """kill -9."""
        process.send_signal(signal.SIGKILL)
        await process.wait()
        self.running.remove(process)

    async def stop(self) -> None:
        """SIGTERM to all."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            await asyncio.wait_for(process.wait(), START_SECONDS)

    def invite(self, each: int) -> None:
        """So many phones that have started each bot."""
        for bot in self.bots:
            self.phones[bot] = [self.sandbox.world.add_phone(f"{bot}-{n}", started=(bot,)).id for n in range(each)]
        self.database.apply(_join, self.phones)

    def owe(self, each: int) -> None:
        """So many notices from each bot, each with words of its own."""
        self.database.apply(_owe, each)

    def arrived(self, bot: str) -> list[datetime]:
        """When each message of a bot came, in order; edits do not count."""
        return [at for at, name, _ in self._sent() if name == bot]

    def texts(self) -> list[str]:
        """What came, as often as it came."""
        return [text for *_, text in self._sent()]

    def _sent(self) -> Iterator[tuple[datetime, str, str]]:
        last = 0
        while found := self.sandbox.world.journal.after(last):
            last = found[-1]["seq"]
            for event in found:
                if event["kind"] == "bot_sent":
                    yield datetime.fromisoformat(event["at"]), event["bot"], event["message"]["text"]

    async def comes_to_rest(self, updates: int = 0, seconds: float = 600) -> None:
        """Returns when nothing is owed any more and so many updates were taken in; TimeoutError after `seconds`."""
        async with asyncio.timeout(seconds):
            while self.waiting() or self.seen() < updates:  # noqa: ASYNC110 - other processes do it
                await asyncio.sleep(0.5)

    def waiting(self) -> int:
        """Messages that are still owed."""
        owed = OutboxMessage.state.in_([MailState.PENDING, MailState.LEASED])
        return self.database.apply(lambda session: session.scalar(select(func.count()).where(owed)) or 0)

    def seen(self) -> int:
        """Updates that have had their effect."""
        count = select(func.count()).select_from(SeenUpdate)
        return self.database.apply(lambda session: session.scalar(count) or 0)


@asynccontextmanager
async def fleet(url: str, bots: Sequence[str]) -> AsyncIterator[Fleet]:
    """No process yet, a migrated database at `url`, and a messenger under the machine's clock."""
    sandbox = Sandbox(speed=1)
    await sandbox.start()
    database = Database(url, Vault(KEY.encode()), Policy())
    with tempfile.TemporaryDirectory(prefix="gridbot-fleet-") as folder:
        made = Fleet(url, sandbox, database, bots, Path(folder))
        try:
            upgrade(database.engine)
            for bot in bots:
                sandbox.world.add_bot(token(bot), bot, bot)
            database.apply(register_bots, dict.fromkeys(bots, "telegram"))
            yield made
        finally:
            for process in list(made.running):
                if process.returncode is None:
                    await made.kill(process)
            database.close()
            await sandbox.stop()


def _join(session: Session, phones: dict[str, list[int]]) -> None:
    now = datetime.now(UTC)
    for bot, numbers in phones.items():
        session.add_all(Account(bot=bot, address=str(number), language="zh-hans", created_at=now) for number in numbers)


def _owe(session: Session, each: int) -> None:
    now = datetime.now(UTC)
    accounts: dict[str, list[int]] = {}
    for number, bot in session.execute(select(Account.id, Account.bot).order_by(Account.id)):
        accounts.setdefault(bot, []).append(number)
    rows = [
        {
            "bot": bot,
            "account_id": numbers[n % len(numbers)],
            "priority": Priority.NOTICE,
            "template": "say",
            "args": {"key": "alarm-held", "args": {"who": f"〔{bot} {n}〕"}, "buttons": []},
            "due_at": now,
            "state": MailState.PENDING,
            "attempts": 0,
            "created_at": now,
        }
        for n in range(each)
        for bot, numbers in accounts.items()
    ]
    session.execute(insert(OutboxMessage), rows)
