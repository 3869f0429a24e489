"""Silences: the alarms about many households that did not answer, or could not be asked, raised together.

The rows are the same as if `services.escalations.raise_alarm` had been called for each. The chain, and who of it can be
told, are found once a grid; alarms and events are written by one statement each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import Row, String, case, cast, insert, literal, select, update
from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent, ReportRequest
from models.statements import among, given, insert_rows
from rules.escalation import Event, Kind, State, ladder_of, move
from rules.ladder import Severity
from rules.rounds import Half, RequestStatus
from services.alerts import tell_operators
from services.chain import people_on, snapshots, standing
from services.digests import Digests
from services.dossier import handed_each
from services.mailbox import bring_all_up_to_date
from services.next_step import NextStep
from services.policy import awake_at


def silences_of(grid_id: int) -> str:
    """The bundle of the silent households of a grid, missed and unreachable, of whatever slot."""
    return f"{_SILENT}{grid_id}"


_SILENT = "silent/"


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
        return {"why": self.why} if self.why else {}

    @property
    def wave(self) -> tuple[Any, ...]:
        """Those of one wave are raised together: of each household there is one in it."""
        return self.day, list(Half).index(self.half), self.kind


def raise_silences(session: Session, now: datetime, silences: Iterable[Silence]) -> None:
    """Opens, or joins, the alarm of each household; those of one grid are told in one message."""
    in_order = sorted(silences, key=lambda one: (one.wave, one.request_id))
    for _, wave in groupby(in_order, key=lambda one: one.wave):
        _raise(session, now, list(wave))


def _raise(session: Session, now: datetime, silences: Sequence[Silence]) -> None:
    session.flush()
    present = _open_already(session, silences)
    fresh = [one for one in silences if one.household_id not in present]
    again = [one for one in silences if one.household_id in present]
    ladder = ladder_of(silences[0].kind, Severity.ROUTINE)
    chains = snapshots(session, now, {one.grid_id for one in fresh}, ladder)
    between_two = handed_each(session, [one.id for one in present.values() if one.handed])
    told_before = [_last_told(present[one.household_id], between_two) for one in again]
    around = standing(session, now, people_on(chains.values()).union(*told_before))
    starts = awake_at(session, now, {one.grid_id for one in silences})
    digests = Digests(around.accounts)
    openings = {grid: NextStep.after(-1, chain, around, now, starts[grid]) for grid, chain in chains.items()}
    for one in fresh:
        opening = openings[one.grid_id]
        digests.tell(one.bundle, opening.tell, starts[one.grid_id], opening.passed)
    for one, people in zip(again, told_before, strict=True):
        able = [person for person in people if person in around.accounts]
        digests.tell(one.bundle, able, starts[one.grid_id], [])
    digests.find_places(session, now)
    openings = {grid: _told(digests, grid, one, starts[grid]) for grid, one in openings.items()}
    numbers = _open(session, now, fresh, chains, openings)
    _worsen(session, now, again, present)
    digests.owe(session, now)
    _tell_nobody_left(session, now, fresh, openings, numbers, starts)


def _told(digests: Digests, grid: int, opening: NextStep, starts: datetime) -> NextStep:
    return opening.told_at(starts, digests.told_at(silences_of(grid), opening.tell, starts))


def _open_already(session: Session, silences: Sequence[Silence]) -> dict[int, Row[Any]]:
    """What is open about these households, by household; they are all of one kind."""
    rows = session.execute(
        select(
            Escalation.id,
            Escalation.household_id,
            Escalation.bundle,
            Escalation.step,
            Escalation.holder_id,
            Escalation.handed,
            Escalation.chain,
        ).where(
            among(session, Escalation.household_id, [one.household_id for one in silences]),
            Escalation.person_id.is_(None),
            Escalation.kind == silences[0].kind,
            Escalation.state != State.CLOSED,
        )
    )
    return {one.household_id: one for one in rows}


def _last_told(alarm: Row[Any], between_two: Mapping[int, tuple[int, int]]) -> list[int]:
    """Who holds an alarm, whom it was handed to, or who was told of it last."""
    if alarm.step < 0:
        return []
    if alarm.id in between_two:
        return [between_two[alarm.id][1]]
    return [alarm.holder_id] if alarm.holder_id else alarm.chain[alarm.step]["people"]


def _open(
    session: Session,
    now: datetime,
    fresh: Sequence[Silence],
    chains: Mapping[int, list[dict[str, Any]]],
    openings: Mapping[int, NextStep],
) -> dict[int, int]:
    """Writes the new alarms and their events down; their numbers, by request."""
    if not fresh:
        return {}
    cases = given(
        session,
        Escalation,
        [
            {"grid_id": grid, "chain": chains[grid], "step": one.step, "next_at": one.next_at}
            for grid, one in openings.items()
        ],
    ).c
    values = {"kind": fresh[0].kind, "severity": Severity.ROUTINE, "state": State.OPEN, "opened_at": now}
    columns = Escalation.__table__.c
    chosen = select(
        ReportRequest.household_id,
        ReportRequest.id,
        _BUNDLE,
        *(cases[name] for name in ("grid_id", "chain", "step", "next_at")),
        *(literal(value, columns[name].type) for name, value in values.items()),
    ).join(cases.grid_id.table, cases.grid_id == ReportRequest.grid_id)
    names = ["household_id", "request_id", "bundle", "grid_id", "chain", "step", "next_at", *values]
    mine = among(session, ReportRequest.id, [one.request_id for one in fresh])
    made = insert(Escalation).from_select(names, chosen.where(mine).order_by(ReportRequest.id))
    rows = session.execute(made.returning(Escalation.request_id, Escalation.id))
    numbers = {int(request or 0): number for request, number in rows}
    insert_rows(session, EscalationEvent, _first_events(now, fresh, openings, numbers))
    return numbers


_BUNDLE = literal(_SILENT) + cast(ReportRequest.grid_id, String)
"""The bundle of each request's own grid."""


def _first_events(
    now: datetime, fresh: Sequence[Silence], openings: Mapping[int, NextStep], numbers: Mapping[int, int]
) -> list[dict[str, Any]]:
    return [
        {"escalation_id": numbers[one.request_id], "event": event, "at": now, "person_id": person, "detail": detail}
        for one in fresh
        for event, person, detail in [(Event.OPENED, None, one.detail), *openings[one.grid_id].happened]
    ]


def _worsen(session: Session, now: datetime, again: Sequence[Silence], present: Mapping[int, Row[Any]]) -> None:
    """Silent again: the alarm speaks of the new slot."""
    if not again:
        return
    columns = Escalation.__table__.c
    alarms = [present[one.household_id].id for one in again]
    state = case(
        *(
            (Escalation.state == one, literal(move(one, Event.WORSENED), columns.state.type))
            for one in (State.OPEN, State.TAKEN)
        )
    )
    session.execute(
        update(Escalation)
        .where(
            among(session, Escalation.id, alarms),
            among(session, ReportRequest.id, [one.request_id for one in again]),
            ReportRequest.household_id == Escalation.household_id,
        )
        .values(state=state, request_id=ReportRequest.id, bundle=_BUNDLE)
        .execution_options(synchronize_session=False)
    )
    insert_rows(
        session,
        EscalationEvent,
        [
            {"escalation_id": alarm, "event": Event.WORSENED, "at": now, "person_id": None, "detail": one.detail}
            for one, alarm in zip(again, alarms, strict=True)
        ],
    )
    bring_all_up_to_date(session, now, {f"bundle:{one.bundle}" for one in again})


def _tell_nobody_left(
    session: Session,
    now: datetime,
    fresh: Sequence[Silence],
    openings: Mapping[int, NextStep],
    numbers: Mapping[int, int],
    starts: Mapping[int, datetime],
) -> None:
    """Of each bundle that nobody could be told of, the operators hear once."""
    first = {one.bundle: one for one in reversed(fresh) if openings[one.grid_id].operators}
    for one in first.values():
        alarm = session.get_one(Escalation, numbers[one.request_id])
        tell_operators(session, now, alarm, starts[one.grid_id])
