"""What /metrics counts of the records, it counts by an index: whatever has grown large is never gone through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, text

from models import Account, Bot, OutboxMessage
from models.db import Database
from rules.mail import MailState, Priority
from services.gauges import read_gauges

NOW = datetime(2020, 2, 10, 4, tzinfo=UTC)
LARGE = ("outbox", "accounts", "report_requests", "escalations")


@pytest.fixture
def backend() -> str:
    """Where a plan says plainly what is gone through."""
    return "sqlite"


def asked(database: Database) -> list[tuple[str, Any]]:
    """The statements of one look, with what was bound."""
    found: list[tuple[str, Any]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def hear(_connection: Any, _cursor: Any, statement: str, bound: Any, *_: Any) -> None:
        found.append((statement, bound))

    database.apply(read_gauges, NOW, NOW)
    event.remove(database.engine, "before_cursor_execute", hear)
    return [(statement, bound) for statement, bound in found if statement.startswith("SELECT")]


def test_nothing_large_is_gone_through(database: Database) -> None:
    with database.transaction() as session:
        session.add(Bot(name="west", channel="telegram"))
        session.flush()
        account = Account(bot="west", address="1", created_at=NOW)
        session.add(account)
        session.flush()
        for state in (MailState.PENDING, MailState.LEASED, MailState.DEAD):
            session.add(
                OutboxMessage(
                    bot="west",
                    account_id=account.id,
                    priority=Priority.NOTICE,
                    template="x",
                    due_at=NOW,
                    created_at=NOW,
                    state=state,
                )
            )
    statements = asked(database)
    with database.transaction() as session:
        raw = session.connection()
        plans = [
            (statement, row.detail)
            for statement, bound in statements
            for row in raw.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound)
        ]
        assert raw.scalar(text("SELECT count(*) FROM outbox")) == 3
    scans = [plan for plan in plans if any(plan[1].startswith(f"SCAN {name}") for name in LARGE)]
    assert [plan for plan in scans if "INDEX" not in plan[1]] == []
    assert len(plans) >= 7
