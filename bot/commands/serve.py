"""`gridbot serve`: the service."""

import asyncio
from collections.abc import Callable

import click

from bot.app import build
from bot.cli import settings_in_force
from bot.logs import set_up_logs
from bot.messengers import are_there_any
from bot.running import settle, until_told
from bot.settings import Settings
from bot.stopping import Deadline, leave
from services.clock import Clock


@click.command("serve")
def command() -> None:
    """Run the service with the settings of the environment and .env."""
    settings = settings_in_force()
    set_up_logs(settings.log.level, as_json=settings.log.as_json)
    if not are_there_any(settings):
        raise click.ClickException("GRIDBOT_TELEGRAM__TOKENS: no bot token is set, nobody could write to us")
    deadline = Deadline()
    asyncio.run(serve(settings, deadline.begin))
    deadline.over()
    leave()


async def serve(settings: Settings, told: Callable[[], None] = lambda: None) -> None:
    """Runs until SIGTERM or SIGINT, of which `told` hears."""
    if settings.clock_url:
        from bot.demo.following import FollowingClock  # only demos and tests of the whole program follow a sandbox

        async with FollowingClock(settings.clock_url) as clock:
            await _serve(settings, told, clock, pulse=0.1)
        return
    await _serve(settings, told)


async def _serve(settings: Settings, told: Callable[[], None], clock: Clock | None = None, pulse: float = 1.0) -> None:
    app = build(settings, clock, pulse=pulse)
    settle()
    await until_told(app.run(), told)
