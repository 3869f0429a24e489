"""Holidays: dates on which the roster's rows for holidays apply, everywhere or in one area (节假日)."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Holiday
from services.audit import record
from services.shifts import keep_all


def observe(session: Session, now: datetime, day: date, area: Area | None, name: str, by: int | None) -> bool:
    """Enters a date, for an area or (None) everywhere; False when it was entered before."""
    present = _entered(session, day, area)
    if present is not None:
        present.name = name or present.name
        return False
    session.add(Holiday(day=day, area_id=area.id if area else None, name=name))
    _changed(session, now, day, area, by, entered=True)
    return True


def observe_no_more(session: Session, now: datetime, day: date, area: Area | None, by: int | None) -> bool:
    """Takes a date back; False when it was not entered."""
    present = _entered(session, day, area)
    if present is None:
        return False
    session.delete(present)
    _changed(session, now, day, area, by, entered=False)
    return True


def _entered(session: Session, day: date, area: Area | None) -> Holiday | None:
    where = Holiday.area_id.is_(None) if area is None else Holiday.area_id == area.id
    return session.scalar(select(Holiday).where(Holiday.day == day, where))


def _changed(session: Session, now: datetime, day: date, area: Area | None, by: int | None, *, entered: bool) -> None:
    subject = f"area:{area.id}" if area else "house"
    record(session, now, actor_id=by, act="holiday", subject=subject, day=day.isoformat(), entered=entered)
    session.flush()
    # Shifts of an area are in it or below it, and so are the holidays that they are by.
    keep_all(session, now, area.path if area else None)
