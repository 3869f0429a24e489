"""Who did or saw what."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId


class AuditEntry(Numbered):
    """One act or look by one person."""

    __tablename__ = "audit"

    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    """None: the program itself or the command line."""
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
