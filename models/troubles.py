"""Times in which messages did not arrive for many at once."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, words
from rules.rounds import Half

_OF_A_BOT = text("closed_at IS NULL AND bot IS NOT NULL")
_OF_AN_AREA = text("closed_at IS NULL AND area_id IS NOT NULL")


class DeliveryTrouble(Numbered):
    """A bot whose messenger takes nothing, or an area in which a round's prompts did not arrive (消息送不出)."""

    __tablename__ = "delivery_troubles"
    __table_args__ = (
        Index("ix_delivery_troubles_bot", "bot", unique=True, sqlite_where=_OF_A_BOT, postgresql_where=_OF_A_BOT),
        Index(
            "ix_delivery_troubles_area",
            "area_id",
            "day",
            "half",
            unique=True,
            sqlite_where=_OF_AN_AREA,
            postgresql_where=_OF_AN_AREA,
        ),
        Index("ix_delivery_troubles_closed_at", "closed_at"),
    )

    bot: Mapped[str | None] = mapped_column(ForeignKey("bots.name"))
    """Whose messenger takes nothing; None: it is about a round in an area."""
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("areas.id"))
    day: Mapped[date | None]
    half: Mapped[Half | None] = mapped_column(words(Half))
    asked: Mapped[int] = mapped_column(default=0)
    """Of the round: the households that were owed a prompt, as it was found."""
    undelivered: Mapped[int] = mapped_column(default=0)
    """How many of them did not get one."""
    since: Mapped[datetime]
    opened_at: Mapped[datetime]
    escalation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("escalations.id"), index=True)
    """The alarm about it and whatever else does not arrive there; None: there was no place yet to be told of."""
    closed_at: Mapped[datetime | None]
    """When messages arrived again, or nobody's slot was open any more."""
