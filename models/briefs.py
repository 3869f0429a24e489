"""When an area's daily brief is due, and what it said."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId


class BriefTurn(Record):
    """When the brief of an area is due next."""

    __tablename__ = "brief_turns"
    __table_args__ = (Index("ix_brief_turns_next_at", "next_at"),)

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), primary_key=True)
    next_at: Mapped[datetime | None]
    """None: the area has none."""


class Brief(Numbered):
    """The figures of an area as its readers were told them; one a local date, whatever runs twice."""

    __tablename__ = "briefs"
    __table_args__ = (UniqueConstraint("area_id", "day"),)

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    figures: Mapped[dict[str, Any]]
    """`rules.briefs.BriefFigures`."""
    parts: Mapped[list[Any]]
    """Each area below with its figures: [number, {…}]; the worst first."""
