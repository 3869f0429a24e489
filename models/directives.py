"""Directives on their way down the chain: the original, and where it stands at each node."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, words
from rules.directives import Event, Step

DUE = text("next_at IS NOT NULL")
"""Steps that the clock still looks at, in the words of their index."""


class Directive(Numbered):
    """What a level orders everybody below it (指令); nobody changes it, the levels below add to it."""

    __tablename__ = "directives"

    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    """Where it begins."""
    body: Mapped[str]
    urgent: Mapped[bool]
    """Everybody has it at once, at night too, and the chain only confirms."""
    to_doors: Mapped[bool]
    """Down to the households; else to the staff only."""
    minutes: Mapped[int]
    """How long each level has."""
    created_at: Mapped[datetime]


class DirectiveStep(Numbered):
    """A directive at one node."""

    __tablename__ = "directive_steps"
    __table_args__ = (
        UniqueConstraint("directive_id", "area_id"),
        Index("ix_directive_steps_due", "next_at", sqlite_where=DUE, postgresql_where=DUE),
    )

    directive_id: Mapped[int] = mapped_column(BigId, ForeignKey("directives.id"))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    state: Mapped[Step] = mapped_column(words(Step))
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Who has it: told last, or who confirmed it."""
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("accounts.id"))
    """In which chat; None: it cannot arrive there."""
    told: Mapped[list[Any]] = mapped_column(default=list)
    """Everybody who was told, by number."""
    tells: Mapped[int] = mapped_column(default=0)
    """How many messages of its own the node was owed."""
    starts_at: Mapped[datetime | None]
    """When somebody was told first."""
    ends_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    """When the clock looks at it next; None: it has ended."""
    asked_at: Mapped[datetime | None]
    """When somebody above last had it reminded."""
    confirmed_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None]
    passed_at: Mapped[datetime | None]
    """When it went on below."""
    words: Mapped[str] = mapped_column(default="")
    """What the node added for everybody below it."""
    words_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))


class DirectiveEvent(Numbered):
    """One thing that happened to a directive at a node."""

    __tablename__ = "directive_events"

    step_id: Mapped[int] = mapped_column(BigId, ForeignKey("directive_steps.id"), index=True)
    event: Mapped[Event] = mapped_column(words(Event))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
