"""CPU a message sent by each Telegram client, side by side, against the sandbox in another process."""

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

from channels.port import Address, Message, Span
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_client import TelegramClient
from channels.telegram_polling import Polling
from channels.telegram_ptb import PtbClient

TOKEN, USERNAME = "1000001:AAE-bench-token", "benchbot"
MESSAGES, AT_ONCE, PHONES = 2000, 20, 500
CLIENTS = {"aiogram": AiogramClient, "ptb": PtbClient}
HELLO = Message(((Span("早上好，"), Span("请量体温", strong=True), Span("，直接回数字就行，比如 36.5")),))


def main() -> None:
    """Sends the same messages through each client; only our own process's CPU is counted."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--page-port", "0", "--speed", "600"]
    with subprocess.Popen(
        [*command, "--bot", f"{TOKEN}:{USERNAME}:bench"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        ready = process.stdout.readline()
        api, page = (part.partition("=")[2] for part in ready.split()[2:4])
        try:
            phones = _phones(page)
            used = {name: asyncio.run(_measure(make(TOKEN, api), phones)) for name, make in CLIENTS.items()}
        finally:
            process.terminate()
    for name, milliseconds in used.items():
        ratio = milliseconds / used["aiogram"]
        print(f"clients: {name}: {milliseconds:.2f} ms CPU a message ({MESSAGES} messages), {ratio:.2f} x aiogram")


def _phones(page: str) -> list[str]:
    body = ",".join(f'{{"name": "P{number}", "started": ["{USERNAME}"]}}' for number in range(PHONES))
    request = urllib.request.Request(  # noqa: S310 - the sandbox on loopback
        f"{page}/sandbox/phones", f"[{body}]".encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return [str(one["id"]) for one in json.load(answer)]


async def _measure(client: TelegramClient, phones: list[str]) -> float:
    channel = TelegramChannel("bench", client, Polling())
    waiting = iter(range(MESSAGES))

    async def sender() -> None:
        for number in waiting:
            with suppress(Exception):
                await channel.send(Address("bench", phones[number % PHONES]), HELLO)

    await channel.check()
    start = time.process_time()
    await asyncio.gather(*(sender() for _ in range(AT_ONCE)))
    used = time.process_time() - start
    await channel.close()
    return used / MESSAGES * 1000
