"""The same broadcast as people write it today, a shorter one: each against the same messenger, one after the other."""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bench.broadcast import report
from bench.fast_messenger import fast_messenger, figures
from bench.mailing import TOKEN, WORDS
from bench.verdict import quietly

LATENCY = 0.05
PATIENCE = 20
"""Times what it would take at the permitted rate."""


def main() -> None:
    """One broadcast each at 30 a second, then ours over the same rate and latency; `--rate`, `--messages`."""
    parser = argparse.ArgumentParser("bench rivals")
    parser.add_argument("--rate", type=int, default=30)
    parser.add_argument("--messages", type=int, default=600)
    given, _ = parser.parse_known_args()
    quietly()
    for name, broadcast in RIVALS.items():
        _measure(name, broadcast, given.messages, given.rate)
    report(given.rate, given.messages)


def _measure(name: str, broadcast: Callable[[str, int, int], Awaitable[None]], messages: int, rate: int) -> None:
    with fast_messenger(rate, LATENCY) as api:
        cpu, began = time.process_time(), time.monotonic()
        try:
            asyncio.run(asyncio.wait_for(broadcast(api, messages, rate), PATIENCE * messages / rate))
        except RuntimeError as error:  # its limiter is a package of its own: the extra `bench`
            print(f"rivals: {name}: not measured: {error}")
            return
        except Exception as error:
            print(f"rivals: {name}: gave up: {type(error).__name__}")
        took, used = time.monotonic() - began, time.process_time() - cpu
        found: Any = figures(api, "")
    print(
        f"rivals: {name}: {found['came']} of {messages} messages at {rate}/s: {found['came'] / took / rate:.0%} of the "
        f"permitted rate, {found['refused']} times 429, {used / messages * 1000:.2f} ms CPU a message",
        flush=True,
    )


def _aiogram(api: str) -> Bot:
    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))


async def naive(api: str, messages: int, rate: int) -> None:
    """A loop that sends, and rests a thirtieth of a second."""
    async with _aiogram(api) as bot:
        for chat in range(1, messages + 1):
            await bot.send_message(chat, WORDS)
            await asyncio.sleep(1 / rate)


async def gather(api: str, messages: int, rate: int) -> None:  # noqa: ARG001 - it asks for no rate
    """All at once, each again after the time that a 429 names."""
    async with _aiogram(api) as bot:

        async def one(chat: int) -> None:
            while True:
                try:
                    await bot.send_message(chat, WORDS)
                except TelegramRetryAfter as error:
                    await asyncio.sleep(error.retry_after)
                else:
                    return

        await asyncio.gather(*(one(chat) for chat in range(1, messages + 1)))


async def rate_limiter(api: str, messages: int, rate: int) -> None:
    """python-telegram-bot with its own limiter."""
    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=5)
    request = HTTPXRequest(connection_pool_size=64, pool_timeout=600)
    async with ExtBot(TOKEN, base_url=f"{api}/bot", request=request, rate_limiter=limiter) as bot:
        await asyncio.gather(*(bot.send_message(chat, WORDS) for chat in range(1, messages + 1)))


RIVALS: dict[str, Callable[[str, int, int], Awaitable[None]]] = {
    "naive loop": naive,
    "gather and retry": gather,
    "PTB AIORateLimiter": rate_limiter,
}
