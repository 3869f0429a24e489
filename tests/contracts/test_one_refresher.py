"""A token that died early is replaced by one process of all; on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from models.db import Database
from services.bots import FORCED_EVERY, may_force_token, register_bots
from tests.contracts.adapters import NOON


async def test_one_process_of_all_forces_a_token_and_another_only_half_a_minute_later(database: Database) -> None:
    database.apply(register_bots, {"wechat": "wechat", "other": "wechat"})
    said = await asyncio.gather(*(database.run(may_force_token, NOON, "wechat") for _ in range(5)))
    assert sorted(said) == [False, False, False, False, True]
    assert database.apply(may_force_token, NOON, "other")  # each account has its own
    almost = NOON + FORCED_EVERY - timedelta(seconds=1)
    assert not database.apply(may_force_token, almost, "wechat")
    assert database.apply(may_force_token, NOON + FORCED_EVERY, "wechat")
