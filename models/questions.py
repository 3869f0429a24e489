"""What is asked about answers that look made up, and when a grid's answers are looked at next."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId, words
from rules.honesty import Reply


class AnswerQuestion(Numbered):
    """Something for a worker to clear up with a household; with no signs it is the worker's own wish to see more."""

    __tablename__ = "answer_questions"
    __table_args__ = (Index("ix_answer_questions_grid", "grid_id", "created_at"),)

    household_id: Mapped[int] = mapped_column(BigId, ForeignKey("households.id"), index=True)
    grid_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    signs: Mapped[list[Any]] = mapped_column(default=list)
    """Each as {sign, person, celsius, times, other}."""
    created_at: Mapped[datetime]
    reply: Mapped[Reply | None] = mapped_column(words(Reply))
    """What the worker made of it; None: nothing yet."""
    replied_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    replied_at: Mapped[datetime | None]


class AnswerLook(Record):
    """When the answers of a grid are looked at next."""

    __tablename__ = "answer_looks"

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), primary_key=True)
    next_at: Mapped[datetime]
