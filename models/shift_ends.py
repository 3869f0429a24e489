"""What somebody still has in hand when their shift ends, and who gets it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, words
from rules.shift_ends import Leaves

_DUE = text("give_at IS NOT NULL")


class ShiftEnd(Numbered):
    """The end of one shift of somebody who has alarms in hand (交班)."""

    __tablename__ = "shift_ends"
    __table_args__ = (
        UniqueConstraint("person_id", "ends_at"),
        Index("ix_shift_ends_give_at", "give_at", sqlite_where=_DUE, postgresql_where=_DUE),
    )

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    ends_at: Mapped[datetime]
    leaves: Mapped[Leaves | None] = mapped_column(words(Leaves))
    """What they chose; None: nothing yet, and the alarms lapse as ever."""
    taker_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """To whom they give it all."""
    give_at: Mapped[datetime | None]
    """When it is given, because the other is not on duty before; None: it was, or nothing is to be given."""
    alarms: Mapped[list[Any]] = mapped_column(default=list)
    """The numbers of those that they were told of."""
    given: Mapped[list[Any]] = mapped_column(default=list)
    """Of those that were handed over."""
