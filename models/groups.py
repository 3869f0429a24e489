"""A grid's own group."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Record
from models.types import BigId


class GridGroup(Record):
    """The group chat that a grid's head has bound to the grid: one group a grid, one grid a group (网格群)."""

    __tablename__ = "grid_groups"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), unique=True)
    bound_by: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    bound_at: Mapped[datetime]
    reminders_here: Mapped[bool] = mapped_column(default=False)
    """Reminders of a round are posted here once instead of at every silent door."""
    nudged_on: Mapped[date | None]
    """The local date on which the group was last asked to talk to the bot alone."""
