"""getUpdates: one poller a bot; updates stay until a higher offset confirms them."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox.errors import conflict
from sandbox.methods.call import Call, Handler

LONGEST_POLL = 50
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "terminated by setWebhook request"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


async def get_updates(call: Call) -> list[dict[str, Any]]:
    """The pending updates; waits up to `timeout` real seconds for the first."""
    given, bot, queue = call.parameters, call.bot, call.bot.updates
    if bot.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    limit = min(max(given.integer("limit", 100), 1), 100)
    seconds = min(max(given.integer("timeout"), 0), LONGEST_POLL)
    kinds = given.structure("allowed_updates", "allowed updates")
    if isinstance(kinds, list):
        queue.allow(kinds)
    if offset := given.integer("offset"):
        queue.confirm(offset)
    return await _wait(call, limit, seconds)


async def _wait(call: Call, limit: int, seconds: int) -> list[dict[str, Any]]:
    bot, queue, loop = call.bot, call.bot.updates, asyncio.get_running_loop()
    bot.poll += 1
    turn, deadline = bot.poll, loop.time() + seconds
    queue.bell.ring()
    while True:
        if bot.webhook is not None:
            raise conflict(WEBHOOK_SET)
        if bot.poll != turn:
            raise conflict(OTHER_POLLER)
        updates = queue.take(limit)
        left = deadline - loop.time()
        if updates or left <= 0 or call.world.journal.closed:
            return [update.as_json() for update in updates]
        await queue.bell.wait(left)


METHODS: dict[str, Handler] = {"getUpdates": get_updates}
