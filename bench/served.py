"""One `gridbot serve`, as an operator starts it, that a messenger of ours calls; and its calls."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bench.doors import held_port
from bench.fast_messenger import figures
from bench.mailing import TOKEN
from bench.town import BOT
from channels.telegram_webhook import SECRET_HEADER
from models.db import Database

START_SECONDS, STOP_SECONDS = 120.0, 60.0
KEY = "a key for measuring"


@asynccontextmanager
async def serving(database: Database, api: str, rate: float) -> AsyncIterator[dict[str, Any]]:
    """The service on a database that `bench.mailing` made; where and how its messenger is to call it."""
    with held_port() as door, tempfile.TemporaryDirectory(prefix="gridbot-served-") as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GRIDBOT_")},
            "GRIDBOT_DATABASE_URL": database.url.render_as_string(hide_password=False),
            "GRIDBOT_ENCRYPTION_KEY": KEY,
            "GRIDBOT_MEDIA__STORE": f"{folder}/media",
            "GRIDBOT_TELEGRAM__TOKENS": f"{BOT}={TOKEN}",
            "GRIDBOT_TELEGRAM__API_BASE": api,
            "GRIDBOT_TELEGRAM__RATE": f"{rate:g}",
            "GRIDBOT_TELEGRAM__MODE": "webhook",
            "GRIDBOT_TELEGRAM__WEBHOOK_BASE": f"http://127.0.0.1:{door}",
            "GRIDBOT_HTTP__PORT": str(door),
            "GRIDBOT_QUIET__FROM": "00:00",  # no quiet hours: a notice leaves too when somebody measures at night
            "GRIDBOT_QUIET__TO": "00:00",
            "GRIDBOT_LOG__LEVEL": "WARNING",
        }
        log = Path(folder) / "serve.log"
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", env=environment, stderr=errors
            )
        try:
            yield await _hook(process, api, log)
        finally:
            if process.returncode is None:
                process.terminate()
            await asyncio.wait_for(process.wait(), STOP_SECONDS)


async def _hook(process: asyncio.subprocess.Process, api: str, log: Path) -> dict[str, Any]:
    async with asyncio.timeout(START_SECONDS):
        while True:
            found: Any = figures(api, "")["hook"]
            if found["url"]:
                return dict(found)
            if process.returncode is not None:
                said = log.read_text()[-2000:]  # noqa: ASYNC240 - there is nobody left to wait
                raise RuntimeError(f"the service ended by itself: {said}")
            await asyncio.sleep(0.1)


async def called(client: ClientSession, hook: dict[str, Any], number: int, chat: int, text: str) -> None:
    """One call, as Telegram makes it, with what somebody typed; returns when the service has committed it."""
    person = {"id": chat, "is_bot": False, "first_name": "人", "language_code": "zh-hans"}
    message = {
        "message_id": number + 1,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "人"},
        "from": person,
        "text": text,
    }
    update = {"update_id": number + 1, "message": message}
    async with client.post(hook["url"], json=update, headers={SECRET_HEADER: hook["secret"]}) as answer:
        if answer.status != 200:
            raise RuntimeError(f"the service answered {answer.status}")
