"""What may be forgotten."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models import SeenUpdate

SEEN_FOR = timedelta(days=3)
"""Telegram keeps an update for 24 hours at most, so an older number cannot come again."""


def forget(session: Session, now: datetime) -> dict[str, int]:
    """The tick: drops the numbers of updates that cannot be handed over again."""
    done: Any = session.execute(delete(SeenUpdate).where(SeenUpdate.at < now - SEEN_FOR))
    return {"seen_updates": int(done.rowcount)}
