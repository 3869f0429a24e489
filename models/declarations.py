"""What returnees declare of themselves, and what was decided upon it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.accounts import JoinStatus
from models.record import Numbered
from models.types import BigId, words

_WAITING = text("status = 'waiting'")


class Declaration(Numbered):
    """Somebody says that they came back, from where and when (返乡申报); staff approve, and a quarantine begins."""

    __tablename__ = "declarations"
    __table_args__ = (
        Index("ix_declarations_waiting", "next_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_declarations_household", "household_id"),
    )

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    household_id: Mapped[int] = mapped_column(BigId, ForeignKey("households.id"))
    origin: Mapped[str]
    """Where they came from, in their own words."""
    arrived_on: Mapped[date]
    """The local date; the first day of the quarantine."""
    ticket: Mapped[str] = mapped_column(default="")
    """Train, flight or car, in their own words."""
    whole_household: Mapped[bool] = mapped_column(default=False)
    status: Mapped[JoinStatus] = mapped_column(words(JoinStatus), default=JoinStatus.WAITING)
    why: Mapped[str] = mapped_column(default="")
    """Why it was refused (`rules.declarations.Refusal`)."""
    step: Mapped[int] = mapped_column(default=-1)
    """The step of the grid's chain that was asked last; -1: nobody yet."""
    next_at: Mapped[datetime]
    """When the next one up is asked."""
    decided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
