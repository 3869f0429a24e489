"""Silences: what a household's request that ended without an answer is, one of many that are raised together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import String, cast, literal
from sqlalchemy.orm import Session

from models import ReportRequest
from rules.escalation import Kind
from rules.rounds import Half, RequestStatus
from rules.streaks import kind_of
from services.policy import policies_at
from services.streaks import streaks

_SILENT = "silent/"


def silences_of(grid_id: int) -> str:
    """The bundle of the silent households of a grid, missed and unreachable, of whatever slot."""
    return f"{_SILENT}{grid_id}"


class Ended(Protocol):
    """A request that ended without an answer, or a row of what a silence is made of."""

    id: Any
    household_id: Any
    grid_id: Any
    day: Any
    half: Any
    status: Any
    why: Any


SAID = tuple(getattr(ReportRequest, name) for name in Ended.__annotations__)
"""The columns of a request that a silence is made of."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A household's request that ended without an answer; `why` it could not be asked."""

    request_id: int
    household_id: int
    grid_id: int
    day: date
    half: Half
    kind: Kind
    why: str
    streak: int = 0
    """How many slots in a row it has missed, when they are as many as the area finds grave."""

    @classmethod
    def of(cls, request: Ended) -> "Silence":
        """That of a request that is missed or unreachable."""
        kind = Kind.MISSED if request.status is RequestStatus.MISSED else Kind.UNREACHABLE
        return cls(request.id, request.household_id, request.grid_id, request.day, request.half, kind, request.why)

    @property
    def bundle(self) -> str:
        """Those of one grid are told in one list."""
        return silences_of(self.grid_id)

    @property
    def detail(self) -> dict[str, Any]:
        """What the events of the alarm say."""
        said: dict[str, Any] = {"why": self.why} if self.why else {}
        return said | ({"streak": self.streak} if self.streak else {})

    @property
    def wave(self) -> tuple[Any, ...]:
        """Those of one wave are raised together: of each household there is one in it."""
        return self.day, list(Half).index(self.half), self.kind


def with_streaks(session: Session, silences: Iterable[Silence]) -> list[Silence]:
    """The same, each missed one with how many it is in a row; the one that makes them grave is repeated (连续漏报)."""
    every = list(silences)
    missed = [one for one in every if one.kind is Kind.MISSED]
    others = [one for one in every if one.kind is not Kind.MISSED]
    in_order = sorted(missed, key=lambda one: one.wave)
    counted = [_count(session, list(slot)) for _, slot in groupby(in_order, key=lambda one: one.wave)]
    return [*others, *(one for slot in counted for one in slot)]


def _count(session: Session, silences: Sequence[Silence]) -> list[Silence]:
    """Those of one slot."""
    policies = policies_at(session, {one.grid_id for one in silences})
    limits = {one.household_id: policies[one.grid_id].repeated_after for one in silences}
    watched = [home for home, limit in limits.items() if limit]
    found = streaks(session, silences[0].day, silences[0].half, watched) if watched else {}
    return [_grave(one, found.get(one.household_id, 0), limits[one.household_id]) for one in silences]


def _grave(one: Silence, missed: int, limit: int) -> Silence:
    if not 0 < limit <= missed:
        return one
    return replace(one, streak=missed, kind=kind_of(missed, limit))


BUNDLE = literal(_SILENT) + cast(ReportRequest.grid_id, String)
"""The bundle of each request's own grid, for the database."""
