"""Who did or saw what."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import AuditEntry


def record(
    session: Session, now: datetime, /, *, actor_id: int | None, act: str, subject: str, **detail: object
) -> None:
    """Notes that `actor_id` did `act` to `subject` (like ``household:12``)."""
    session.add(AuditEntry(at=now, actor_id=actor_id, act=act, subject=subject, detail=detail))
