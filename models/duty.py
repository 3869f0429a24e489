"""Who asked whom to stand in for them and what became of it, and grids with nobody on duty."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, words
from rules.duty import Plea

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
    """A grid with households in quarantine whose workers and heads are off duty, or cannot be told (没人值班)."""

    __tablename__ = "duty_gaps"
    __table_args__ = (
        Index("ix_duty_gaps_one_open", "grid_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    grid_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    opened_at: Mapped[datetime]
    step: Mapped[int] = mapped_column(default=-1)
    """The step of the grid's chain that was told last; -1: nobody yet."""
    next_at: Mapped[datetime | None]
    """When the next one up is told; None: somebody sees to it, or it is over."""
    seen_to_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    """When somebody of the grid was on duty again, or nobody was left in quarantine."""
