"""Who did or saw what."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import AuditEntry


def record(
    session: Session, now: datetime, /, *, actor_id: int | None, act: str, subject: str, **detail: object
) -> None:
    """Notes that `actor_id` did `act` to `subject` (like ``household:12``)."""
    session.add(AuditEntry(at=now, actor_id=actor_id, act=act, subject=subject, detail=detail))


def record_quarantine(
    session: Session, now: datetime, person_id: int, by: int | None, what: str, **detail: object
) -> None:
    """Notes what was decided about somebody's quarantine; `by` None: the rule, the clock or the command line."""
    record(session, now, actor_id=by, act="quarantine", subject=f"person:{person_id}", what=what, **detail)
