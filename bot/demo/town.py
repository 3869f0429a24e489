"""The demo's town: a sandbox in its own process, a fresh database with the sample, everybody joined."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bot.demo.cast import Actor, assemble, join_all, shown
from bot.demo.choice import Choice
from bot.demo.lines import TELEGRAM, TITLE, TOKEN, USERNAME, WECHAT, Line, accounts, lines_of, settings_of
from bot.demo.manners import Manner
from bot.demo.messenger import Messenger
from bot.demo.sample import DAY, GRIDS, WORKBOOK
from bot.house import open_database
from bot.settings import Settings, load_settings
from models.migrate import upgrade
from rules.roles import Role
from rules.times import at_local
from services.areas import by_code
from services.bots import register_bots
from services.invites import invite
from services.roster import import_roster

ZONE = "Asia/Shanghai"
OPENING = at_local(DAY, time(7, 55), ZONE)
"""The demo's first moment: five minutes before the first round."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a running sandbox listens: its page, and each messenger's API by channel."""

    page: str
    bases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SandboxProcess:
    """A sandbox that is starting: there is time for other work until it is wanted."""

    process: asyncio.subprocess.Process
    port: int

    async def ready(self) -> Listening:
        """Waits until it listens; raises `OSError` when its port is taken."""
        line = (await self.process.stdout.readline()).decode() if self.process.stdout else ""
        found = dict(re.findall(r"(\w+)=(\S+)", line))
        if "page" not in found:
            raise OSError(f"the sandbox cannot listen on port {self.port}: is it taken?")
        return Listening(found["page"], {"telegram": found["api"], "wechat": found["wechat"], "wecom": found["wecom"]})


@asynccontextmanager
async def sandbox_process(lines: Sequence[Line], page_port: int = 0, speed: float = 0) -> AsyncIterator[SandboxProcess]:
    """A sandbox in a process of its own, at the demo's first moment, ended with the context."""
    bots = ("--bot", f"{TOKEN}:{USERNAME}:{TITLE}") if TELEGRAM in lines else ()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sandbox", "--port", "0", "--page-port", str(page_port), *bots),
        *("--now", OPENING.isoformat(), "--speed", str(speed)),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the demo, which then ends the sandbox
    )
    try:
        yield SandboxProcess(process, page_port)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def demo_settings(
    folder: Path, bases: Mapping[str, str] | None = None, lines: Sequence[Line] = (TELEGRAM,)
) -> Settings:
    """The settings of the demo: nothing of the machine's own; `bases` are the messengers' addresses, by channel."""
    return load_settings(
        _env_file=None,
        database_url=f"sqlite:///{folder / 'demo.db'}",
        http={"port": 0},
        encryption_key="the demo keeps nothing that is secret",
        **settings_of(lines, bases or {}),
    )


def furnish(folder: Path, now: datetime, choice: Choice = Choice.TELEGRAM) -> list[Actor]:
    """A fresh database with the sample; everybody who has a phone has joined. Returns the cast."""
    lines = lines_of(choice)
    database = open_database(demo_settings(folder, lines=lines))
    try:
        upgrade(database.engine)
        import_roster(database, WORKBOOK, now)
        with database.transaction() as session:
            register_bots(session, {line.bot: line.channel for line in lines})
            actors = assemble(session, choice)
            join_all(session, now, actors)
        return actors
    finally:
        database.close()


async def hand_out_phones(messenger: Messenger, actors: list[Actor], lines: Sequence[Line] = (TELEGRAM,)) -> None:
    """Every actor's phone, simulated until somebody takes it over; one of them has blocked the bot."""
    for account in accounts(lines):
        await messenger.open_account(account)
    first = shown(actors)
    open_first = {actor.phone for actor in first}
    await messenger.add_phones(
        [
            {
                "id": actor.phone,
                "name": actor.name,
                "note": actor.note,
                "role": actor.role,
                "language": "zh-hans",
                "started": [actor.line.username],
                "heard_at": actor.heard_at(OPENING).isoformat(),
                "driver": "auto",
                "show": actor.phone in open_first,
            }
            for actor in [*first, *(one for one in actors if one.phone not in open_first)]
        ]
    )
    for actor in actors:
        if actor.manner is Manner.BLOCKED:
            await messenger.call("POST", f"phones/{actor.phone}/block", {"bot": actor.line.username})


async def welcome_a_newcomer(messenger: Messenger, settings: Settings, now: datetime, lines: Sequence[Line]) -> None:
    """A phone for the visitor: somebody who has just scanned the poster at the gate of the first grid."""
    database = open_database(settings)
    try:
        with database.transaction() as session:
            grid = by_code(session, GRIDS[0])
            if grid is None:
                return
            code = invite(session, now, role=Role.RESIDENT, area=grid, max_uses=None)
    finally:
        database.close()
    newcomer = {"name": "新邻居", "note": "刚扫了村口的二维码", "role": "resident", "driver": "visitor", "show": True}
    [phone] = await messenger.add_phones([{**newcomer, "language": "zh-hans"}])
    line = WECHAT if WECHAT in lines else TELEGRAM
    await messenger.call("POST", f"phones/{phone['id']}/start", {"bot": line.username, "payload": code})
