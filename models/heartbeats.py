"""When each part of the service last went through."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.record import Record


class Heartbeat(Record):
    """One part of the service, whichever process has it in hand: ``tick:rounds``, ``drain:west``, ``listen:west``."""

    __tablename__ = "heartbeats"

    part: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    """When it last went through."""
    waits_since: Mapped[datetime | None]
    """Since when something has been waiting for it; None: nothing that we know of."""
    told_at: Mapped[datetime | None]
    """When the operators were told that it stands still; None again once it goes on."""
