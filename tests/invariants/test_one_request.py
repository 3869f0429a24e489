"""Invariant 2, directly: one request a household, local date and half-day, whatever runs twice or in parallel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select

from models import Asked, OutboxMessage, ReportRequest
from services.rounds import open_rounds
from tests.harness import DAY, local
from tests.invariants.model import HOMES, Days

OPENING = local(DAY, "08:00")


def _counts(days: Days) -> tuple[int | None, ...]:
    return days.look(
        lambda session: tuple(
            session.scalar(select(func.count()).select_from(table)) for table in (ReportRequest, Asked, OutboxMessage)
        )
    )


async def test_opening_in_parallel_asks_once(new_database: Callable[[], str]) -> None:
    days = Days.begin(new_database())
    await asyncio.gather(*(days.database.run(open_rounds, OPENING) for _ in range(8)))
    once = _counts(days)
    assert once[:2] == (len(HOMES), sum(len(home.people) for home in HOMES))
    await asyncio.gather(*(days.database.run(open_rounds, OPENING + timedelta(minutes=1)) for _ in range(8)))
    assert _counts(days) == once
    days.database.close()
