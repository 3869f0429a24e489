"""Delivering updates to webhooks: each lane in order, repeated with growing pauses until taken or too old."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector

from sandbox.bots import Bot, Webhook
from sandbox.errors import ApiError
from sandbox.methods import METHODS, Call
from sandbox.updates import Update
from sandbox.wire import read_answer
from sandbox.world import World

LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
ANSWER_SECONDS = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)


def pause_before(attempt: int, retry_after: str | None = None) -> float:
    """Real seconds before the repeat number `attempt` (from 1): 0, 2, 4, 8 … 60, or what the answer asked for."""
    if retry_after is not None and retry_after.isdecimal():
        return min(float(retry_after), LONGEST_RETRY_AFTER)
    return 0.0 if attempt <= 1 else min(2.0 ** (attempt - 1), LONGEST_PAUSE)


class WebhookDelivery:
    """Keeps one `Sender` running for every bot that has a webhook."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._senders: dict[Bot, tuple[Webhook, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Follow the bots' webhooks until cancelled."""
        timeout = ClientTimeout(total=ANSWER_SECONDS)
        async with ClientSession(connector=TCPConnector(limit=0), timeout=timeout) as session:
            try:
                while True:
                    changed = [bot for bot in self._world.bots.values() if self._hook_in_use(bot) is not bot.webhook]
                    for bot in changed:
                        await self._adjust(session, bot)
                    if not changed:  # and nothing was awaited since we looked, so that no ring is missed
                        await self._world.webhooks_changed.wait(None)
            finally:
                for bot in list(self._senders):
                    await self._stop(bot)

    def _hook_in_use(self, bot: Bot) -> Webhook | None:
        return self._senders[bot][0] if bot in self._senders else None

    async def _adjust(self, session: ClientSession, bot: Bot) -> None:
        if bot in self._senders:
            await self._stop(bot)
        if bot.webhook is not None:
            sender = Sender(self._world, bot, bot.webhook, session)
            self._senders[bot] = bot.webhook, asyncio.create_task(sender.run())

    async def _stop(self, bot: Bot) -> None:
        _, task = self._senders.pop(bot)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Sender:
    """Sends one bot's updates to one webhook, lanes side by side up to `max_connections`."""

    def __init__(self, world: World, bot: Bot, webhook: Webhook, session: ClientSession) -> None:
        self._world = world
        self._bot = bot
        self._webhook = webhook
        self._session = session
        self._room = asyncio.Semaphore(webhook.max_connections)
        self._lanes: dict[tuple[str, int], deque[Update]] = {}
        self._headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}

    async def run(self) -> None:
        """Send what is pending and what comes, until cancelled."""
        newest = 0
        async with asyncio.TaskGroup() as tasks:
            while True:
                for update in self._bot.updates.after(newest):
                    newest = update.id
                    if update.lane in self._lanes:
                        self._lanes[update.lane].append(update)
                    else:
                        self._lanes[update.lane] = deque([update])
                        tasks.create_task(self._drain(update.lane))
                await self._bot.updates.bell.wait(None)

    async def _drain(self, lane: tuple[str, int]) -> None:
        waiting = self._lanes[lane]
        while waiting:
            await self._deliver(waiting[0])
            self._bot.updates.done(waiting.popleft())
        del self._lanes[lane]

    async def _deliver(self, update: Update) -> None:
        attempt = 0
        while self._bot.updates.alive(update):
            async with self._room:
                retry_after = await self._attempt(update)
            if retry_after is None:
                return
            attempt += 1
            await asyncio.sleep(pause_before(attempt, retry_after))

    async def _attempt(self, update: Update) -> str | None:
        """None when the webhook took it, otherwise the Retry-After of its answer ("" without one)."""
        try:
            async with self._session.post(self._webhook.url, json=update.as_json(), headers=self._headers) as response:
                if 200 <= response.status <= 299:
                    await self._carry_out(response)
                    return None
                self._complain(f"Wrong response from the webhook: {response.status} {response.reason}")
                return response.headers.get("Retry-After", "")
        except (ClientError, TimeoutError, OSError) as error:
            self._complain(str(error) or "Read timeout expired")
            return ""

    async def _carry_out(self, response: ClientResponse) -> None:
        """Run the method in the answer's body, if there is one; nobody is told how it went, as at Telegram."""
        try:
            parameters = await read_answer(response)
            method = METHODS.get(parameters.text("method").lower())
            if method is not None:
                self._world.figures.calls[method.name] += 1
                await method.run(Call(self._world, self._bot, parameters))
        except ApiError as error:
            self._world.figures.errors[error.status] += 1

    def _complain(self, text: str) -> None:
        self._webhook.last_error_date = self._world.clock.unix()
        self._webhook.last_error_message = text
