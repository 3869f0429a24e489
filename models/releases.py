"""Who was released from a quarantine, and the certificate of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId


class Release(Numbered):
    """Somebody may go (解除隔离): by rule, or because somebody decided so."""

    __tablename__ = "releases"

    quarantine_id: Mapped[int] = mapped_column(BigId, ForeignKey("quarantines.id"), index=True)
    secret: Mapped[bytes]
    """What nobody can guess: part of the certificate's code."""
    valid_from: Mapped[date]
    """The first local date on which they may go out."""
    by_rule: Mapped[bool]
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """None: the rule, or the command line."""
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
