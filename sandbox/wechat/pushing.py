"""Calling an account's address: each person's messages in order, repeated three times without an answer, then lost."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from sandbox.updates import Update
from sandbox.wechat.account import ServiceAccount
from sandbox.wechat.envelope import xml
from sandbox.wechat.seal import seal, sign
from sandbox.world import World

REPETITIONS = 3
TAKEN = {b"", b"success"}
_LOOK = 0.005


class Pushing:
    """Brings what happens to every service account of a world."""

    def __init__(self, world: World, account: ServiceAccount) -> None:
        self._world = world
        self._account = account
        self._lanes: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Calls until cancelled; what happened while nothing listened is brought, as it would have been, and lost."""
        async with ClientSession(connector=TCPConnector(limit=0)) as http:
            newest = 0
            while not self._account.callback:
                await self._world.bots_changed.wait(None)
            try:
                while True:
                    for update in self._account.updates.after(newest):
                        newest = update.id
                        user = update.lane[1]
                        self._lanes[user] = asyncio.create_task(self._bring(http, update, self._lanes.get(user)))
                    await self._account.updates.bell.wait(None)
            finally:
                for task in self._lanes.values():
                    task.cancel()
                await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    async def _bring(self, http: ClientSession, update: Update, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            with suppress(Exception):
                await asyncio.shield(before)
        elements = self._account.elements(update, self._world.clock.unix())
        if elements is not None:
            await self._call(http, xml(elements), update)
        self._account.updates.done(update)

    async def _call(self, http: ClientSession, message: str, update: Update) -> None:
        account = self._account
        ciphertext = seal(account.aes_key, account.token, message.encode())
        # The wire has the machine's time: signatures are about now, whatever year the world is in.
        timestamp, nonce = str(int(time.time())), str(secrets.randbelow(10**10))
        query = {
            "signature": sign(account.callback_token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": str(update.lane[1]),
            "encrypt_type": "aes",
            "msg_signature": sign(account.callback_token, timestamp, nonce, ciphertext),
        }
        body = xml([("ToUserName", "gh_sandbox"), ("Encrypt", ciphertext)])
        for _ in range(1 + REPETITIONS):
            self._world.figures.calls["callback"] += 1
            answer = await self._answer(http, query, body)
            if answer is not None:
                if answer not in TAKEN:
                    self._complain(update)  # WeChat shows 该公众号暂时无法提供服务, and does not ask again
                return
        self._complain(update)

    async def _answer(self, http: ClientSession, query: dict[str, str], body: str) -> bytes | None:
        """What was answered; None when nothing was within the time."""
        timeout = ClientTimeout(total=self._account.seconds)
        started = time.monotonic()
        try:
            async with http.post(self._account.callback, params=query, data=body.encode(), timeout=timeout) as answer:
                content = await answer.read()
                return content if answer.status == 200 else b"refused"
        except (ClientError, TimeoutError, OSError):
            await asyncio.sleep(max(0.0, min(self._account.seconds, 0.2) - (time.monotonic() - started)))
            return None

    def _complain(self, update: Update) -> None:
        self._world.figures.calls["unavailable"] += 1
        self._world.journal.add("unavailable", bot=self._account.username, phone=update.lane[1])
