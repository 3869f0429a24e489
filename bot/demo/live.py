"""`gridbot demo`: the town lives, on a page, under a clock that the visitor drives."""

import asyncio
import webbrowser
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import aiohttp
import click

from bot.app import App, build
from bot.demo.answering import connect
from bot.demo.choice import Choice
from bot.demo.crowd import Crowd
from bot.demo.following import FollowingClock
from bot.demo.lines import Line, lines_of
from bot.demo.messenger import Messenger
from bot.demo.once import NOTICE_AT
from bot.demo.town import (
    OPENING,
    demo_settings,
    furnish,
    hand_out_phones,
    sandbox_process,
    welcome_a_newcomer,
)
from bot.telegram import load_library
from services.agenda import next_event
from services.words import text_for

PULSE = 0.1
"""The clock may run 600 times as fast as ours: everything looks at it ten times as often."""
_LOOK = 0.2


async def live(folder: Path, port: int, speed: float, choice: Choice, *, browser: bool) -> None:
    """Runs until cancelled; raises `OSError` when the port is taken."""
    lines = lines_of(choice)
    async with AsyncExitStack() as stack:
        starting = await stack.enter_async_context(sandbox_process(lines, port, speed))
        load_library(demo_settings(folder, lines=lines))  # it takes seconds, and the sandbox is starting meanwhile
        actors = furnish(folder, OPENING, choice)
        sandbox = await starting.ready()
        messenger = await stack.enter_async_context(Messenger(sandbox.page))
        settings = demo_settings(folder, sandbox.bases, lines)
        await hand_out_phones(messenger, actors, lines)
        await welcome_a_newcomer(messenger, settings, OPENING, lines)
        async with FollowingClock(sandbox.page) as clock:
            crowd = Crowd(actors)
            crowd.plan_the_notice(NOTICE_AT)
            app = build(settings, clock, pulse=PULSE)
            running = [
                asyncio.ensure_future(one)
                for one in (app.run(), _townsfolk(crowd, messenger, clock), _announce(app, messenger, lines))
            ]
            click.echo(f"\n  网格通 gridbot  →  {sandbox.page}\n  Ctrl-C 结束 / ends it.\n")
            if browser:
                webbrowser.open(sandbox.page)
            try:
                await asyncio.gather(*running)
            finally:
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)


async def _townsfolk(crowd: Crowd, messenger: Messenger, clock: FollowingClock) -> None:
    """Sees what comes, does what is due, for as long as the demo runs."""
    seen = 0
    while True:
        found = await messenger.call("GET", "events", after=seen, wait=0)
        seen = found["last"]
        for event in found["events"]:
            crowd.see(event, clock.now())
        await crowd.act(messenger, clock.now())
        if not found["events"]:
            await asyncio.sleep(_LOOK)


async def _announce(app: App, messenger: Messenger, lines: Sequence[Line]) -> None:
    """Tells the page what the house will do next, so that the visitor can go there; and once where the house is."""
    told: tuple[str, str] | None = None
    linked = False
    while True:
        if not linked and app.address:
            await messenger.call("PUT", "links", [{"url": app.address, "zh": "看板", "en": "Board"}])
            await connect(app, messenger, lines)
            linked = True
        coming = await app.database.run(next_event, app.clock.now())
        now_told = (coming.at.isoformat(), coming.what) if coming else None
        if now_told != told:
            told = now_told
            with suppress(aiohttp.ClientResponseError):
                await messenger.call("PUT", "clock/next", _event(*now_told) if now_told else None)
        await asyncio.sleep(_LOOK)


def _event(at: str, what: str) -> dict[str, str]:
    return {"at": at, "zh": text_for("zh-CN", what), "en": text_for("en", what)}
