"""The duty roster, who asked whom to stand in for them and what became of it, and grids with nobody on duty."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, words
from rules.duty import Plea
from rules.shifts import Weekday

_OPEN = text("closed_at IS NULL")


class StandIn(Numbered):
    """Somebody asks a colleague to take their duty until an instant (代班); it is theirs when they accept."""

    __tablename__ = "stand_ins"

    giver_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    taker_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    until: Mapped[datetime]
    plea: Mapped[Plea] = mapped_column(words(Plea), default=Plea.ASKED)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class DutyGap(Numbered):
    """A time in which a grid with households in quarantine had nobody who could be told of an alarm (没人值班).

    What is done about it is an alarm, which somebody may finish before it is over.
    """

    __tablename__ = "duty_gaps"
    __table_args__ = (
        Index("ix_duty_gaps_one_open", "grid_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    grid_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    opened_at: Mapped[datetime]
    escalation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("escalations.id"), index=True)
    """The alarm about it; of one that was over before there were such alarms: None."""
    closed_at: Mapped[datetime | None]
    """When somebody of the grid was on duty again, or nobody was left in quarantine."""


class Shift(Numbered):
    """A row of the duty roster: one shift of one person, for one weekday, for holidays or for one date (排班)."""

    __tablename__ = "shifts"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    """Whose roster it stands in; whoever is on is on in all of their posts."""
    weekday: Mapped[Weekday | None] = mapped_column(words(Weekday))
    day: Mapped[date | None]
    """The one date that it is about, when no weekday is."""
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    """Local times; no later than `starts`: of the next day. Without them that day is free."""


class Holiday(Numbered):
    """A date on which the rows for holidays apply, in an area and everything below it (节假日)."""

    __tablename__ = "holidays"

    day: Mapped[date] = mapped_column(index=True)
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("areas.id"))
    """None: everywhere."""
    name: Mapped[str] = mapped_column(default="")


class ShiftTime(Numbered):
    """The present or next time on duty of somebody on the roster: `rules.shifts.Stint`, kept for whoever asks.

    One whose end is past is worked out anew.
    """

    __tablename__ = "shift_times"
    __table_args__ = (UniqueConstraint("person_id"),)

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    look_at: Mapped[datetime] = mapped_column(index=True)
    """When it is looked at again: a little before its end, then at its end."""


class DutyOutlook(Numbered):
    """When a community is next told at which hours of the coming day nobody of a grid is on the roster."""

    __tablename__ = "duty_outlooks"
    __table_args__ = (UniqueConstraint("area_id"),)

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    next_at: Mapped[datetime] = mapped_column(index=True)
