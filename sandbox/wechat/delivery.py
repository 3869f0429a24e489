"""Calls for every service account of the world, those that come later included."""

from __future__ import annotations

import asyncio

from sandbox.wechat.account import ServiceAccount, accounts
from sandbox.wechat.pushing import Pushing
from sandbox.world import World


class CallbackDelivery:
    """Keeps one `Pushing` running for each account."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._running: dict[ServiceAccount, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                for account in accounts(self._world):
                    if account not in self._running:
                        self._running[account] = asyncio.create_task(Pushing(self._world, account).run())
                await self._world.bots_changed.wait(None)
        finally:
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)
