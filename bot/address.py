"""Where the house listens."""

import structlog
from aiohttp import web

from bot.sections.machine import HttpSettings
from bot.settings import SettingsError

log = structlog.get_logger()


async def listen_at(http: HttpSettings, runner: web.AppRunner) -> str:
    """Opens the door of the settings; its address. Raises `SettingsError` for a taken port."""
    await runner.setup()
    try:
        await web.TCPSite(runner, http.host, http.port).start()
    except OSError as error:
        await runner.cleanup()
        taken = f"GRIDBOT_HTTP__PORT = {http.port}: {http.host} does not listen there: {error.strerror}"
        raise SettingsError(taken) from error
    address = f"http://{http.host}:{runner.addresses[0][1]}"
    log.info("listening", address=address)
    return address
