"""Quarantines, what is owed, and what was measured."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId, words
from rules.quarantine import QuarantineStatus
from rules.rounds import Half, RequestStatus

_PLANNED, _ASKED_OUT = text("status = 'planned'"), text("status = 'active' AND next_at IS NULL")
_DUE = text("status = 'due'")


class Quarantine(Numbered):
    """A person's home quarantine; both days are local dates and both are asked."""

    __tablename__ = "quarantines"
    __table_args__ = (
        UniqueConstraint("person_id", "first_day"),
        # A city's are nearly all active: what begins or ends today is found without looking at the rest, and a round,
        # which moves every one of them on, writes neither of these.
        Index("ix_quarantines_planned", "first_day", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
        Index("ix_quarantines_asked_out", "end_at", sqlite_where=_ASKED_OUT, postgresql_where=_ASKED_OUT),
    )

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    household_id: Mapped[int] = mapped_column(BigId, ForeignKey("households.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="")
    status: Mapped[QuarantineStatus] = mapped_column(words(QuarantineStatus))
    next_day: Mapped[date | None]
    next_half: Mapped[Half | None] = mapped_column(words(Half))
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    """The next slot in which this person is to be asked, and when it opens; None when no slot is left."""
    end_at: Mapped[datetime]
    """When its end is looked at next: released or put to a human, put to the next one up, or, once released, over."""
    end_step: Mapped[int] = mapped_column(default=-1)
    """The step of the grid's chain that was asked last whether somebody may go; -1: no human has been asked."""
    excused_until: Mapped[date | None]
    """The last local date on which this person need not be measured; `rules.excuses.UNTIL_BACK`: nobody knows."""
    excused_why: Mapped[str] = mapped_column(default="")
    excused_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Who said so; None: the command line."""
    released_at: Mapped[datetime | None]
    """When it was decided that the person may go; it is over when the last day is."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ReportRequest(Numbered):
    """What a household owes for one local date and half-day (体温上报任务)."""

    __tablename__ = "report_requests"
    __table_args__ = (
        UniqueConstraint("household_id", "day", "half"),
        Index("ix_report_requests_day", "day", "grid_id"),
        # The grid stands in them: whose work it is, is read from the index; what is ended together lies together.
        Index("ix_report_requests_due", "miss_at", "grid_id", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_report_requests_to_remind", "remind_at", "grid_id", sqlite_where=_DUE, postgresql_where=_DUE),
    )

    household_id: Mapped[int] = mapped_column(BigId, ForeignKey("households.id"))
    grid_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    day: Mapped[date]
    half: Mapped[Half] = mapped_column(words(Half))
    status: Mapped[RequestStatus] = mapped_column(words(RequestStatus))
    why: Mapped[str] = mapped_column(default="")
    """Why it is unreachable or excused."""
    opens_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    miss_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    """When the first prompt was handed over by the messenger; None: nobody of the household has been asked yet."""
    answered_at: Mapped[datetime | None]


class Asked(Record):
    """A member of whom a report request asks a temperature.

    No foreign keys: both numbers are copied from rows that are never deleted, and there are two million a day (ADR 35).
    """

    __tablename__ = "asked"

    request_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, primary_key=True, index=True)


class Source(StrEnum):
    """By which way a reading came."""

    CHAT = "chat"
    WORKER = "worker"


class TemperatureReading(Numbered):
    """One measured value; never overwritten (invariant 4)."""

    __tablename__ = "temperature_readings"
    __table_args__ = (CheckConstraint("superseded_by IS NULL OR superseded_by <> id", name="supersedes_another"),)

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("report_requests.id"), index=True)
    """None: measured outside a slot."""
    celsius: Mapped[float]
    symptoms: Mapped[list[Any]] = mapped_column(default=list)
    source: Mapped[Source] = mapped_column(words(Source))
    reporter_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    rechecks_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("temperature_readings.id"))
    """The value of an alarm after which this one was measured (复测)."""
    superseded_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("temperature_readings.id"))
    escalation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("escalations.id"), index=True)
