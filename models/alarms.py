"""Escalations and everything that happened to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId, words
from rules.escalation import Event, Kind, Outcome, State
from rules.ladder import Severity

_ONE_OPEN = text("state <> 'closed' AND person_id IS NOT NULL")
_ONE_OF = text("state <> 'closed' AND place_id IS NOT NULL")
_IN_ONE = text("cluster_id IS NOT NULL")
_FEVERS = text("person_id IS NOT NULL")
IN_NOBODYS_HANDS = text("state <> 'closed' AND (next_at IS NULL OR (state = 'taken') <> (holder_id IS NOT NULL))")
"""What must never be (`rules.auditing`), in the words of its index: that is empty, and asked every minute."""

UNFINISHED = text("state <> 'closed'")
"""What is open, in the words of its index."""

WAITS_FOR_ITS_REMINDER = text("state = 'taken' AND remind_at IS NOT NULL")


class Escalation(Numbered):
    """An alarm that climbs the chain until somebody has dealt with it (升级上报)."""

    __tablename__ = "escalations"
    __table_args__ = (
        Index("ix_escalations_next_at", "next_at"),
        # Of a bundle what is open, and what was closed lately: it goes on for as long as the grid is watched.
        Index("ix_escalations_bundle", "bundle", "closed_at"),
        Index("ix_escalations_grid_id", "grid_id", "opened_at"),
        Index(
            "ix_escalations_in_nobodys_hands", "id", sqlite_where=IN_NOBODYS_HANDS, postgresql_where=IN_NOBODYS_HANDS
        ),
        Index(
            "ix_escalations_remind_at",
            "remind_at",
            sqlite_where=WAITS_FOR_ITS_REMINDER,
            postgresql_where=WAITS_FOR_ITS_REMINDER,
        ),
        # All that the lists and the counts of what is open ask: nobody reads 100,000 alarms to show eight.
        Index(
            "ix_escalations_open",
            *("grid_id", "kind", "state", "severity", "opened_at", "holder_id", "id"),
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
        Index(
            "ix_escalations_one_of_a_place",
            *("place_id", "kind"),
            unique=True,
            sqlite_where=_ONE_OF,
            postgresql_where=_ONE_OF,
        ),
        Index("ix_escalations_cluster_id", "cluster_id", sqlite_where=_IN_ONE, postgresql_where=_IN_ONE),
        Index("ix_escalations_fevers", "grid_id", "opened_at", sqlite_where=_FEVERS, postgresql_where=_FEVERS),
        Index("ix_escalations_one_open", "person_id", unique=True, sqlite_where=_ONE_OPEN, postgresql_where=_ONE_OPEN),
    )

    kind: Mapped[Kind] = mapped_column(words(Kind))
    severity: Mapped[Severity] = mapped_column(words(Severity))
    state: Mapped[State] = mapped_column(words(State), index=True)
    household_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("households.id"), index=True)
    """None when it is about a place."""
    place_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("areas.id"))
    """The unit, building or grid that a cluster is of, the grid with nobody on duty, where messages do not arrive."""
    cluster_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("escalations.id"))
    """The cluster that somebody's fever belongs to."""
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Whose temperature it is about; None when it is about the whole household."""
    request_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("report_requests.id"), index=True)
    grid_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    """Along whose line it climbs: a grid, or for what does not arrive in a wider area that area."""
    bundle: Mapped[str | None]
    """Escalations of one bundle are told in one list that goes on (ADR 70): ``silent/7``, of grid 7."""
    chain: Mapped[list[Any]]
    """Snapshot of the chain when it opened: [{"role", "minutes", "people": [ids]}], lowest step first."""
    step: Mapped[int] = mapped_column(default=-1)
    """The step that was told last; -1: nobody yet."""
    next_at: Mapped[datetime | None]
    """When the chain goes on, or a holder's time lapses; None only when closed (invariant 6)."""
    handed: Mapped[bool] = mapped_column(default=False)
    """Handed to somebody who has not taken it yet; by whom and to whom is in the event."""
    remind_at: Mapped[datetime | None]
    """When the holder is reminded that their time is nearly over; None: they were, or nobody holds it."""
    holder_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome))
    note: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class EscalationEvent(Numbered):
    """One thing that happened to an escalation."""

    __tablename__ = "escalation_events"

    escalation_id: Mapped[int] = mapped_column(BigId, ForeignKey("escalations.id"), index=True)
    event: Mapped[Event] = mapped_column(words(Event))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class LastFever(Record):
    """When a fever of a grid was looked at last: two at one instant are a conflict, and the second looks again."""

    __tablename__ = "last_fevers"

    grid_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), primary_key=True)
    at: Mapped[datetime]
