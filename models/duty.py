"""Who asked whom to stand in for them, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, words
from rules.duty import Plea


class StandIn(Numbered):
    """Somebody asks a colleague to take their duty until an instant (代班); it is theirs when they accept."""

    __tablename__ = "stand_ins"

    giver_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    taker_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    until: Mapped[datetime]
    plea: Mapped[Plea] = mapped_column(words(Plea), default=Plea.ASKED)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
