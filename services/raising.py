"""The alarms about many households that did not answer, or could not be asked, raised together.

The rows are the same as if `services.escalations.raise_alarm` had been called for each. The chain, and who of it can be
told, are found once a grid; alarms and events are written by one statement each.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from models import Escalation, EscalationEvent, ReportRequest
from models.statements import among, given, insert_rows
from rules.escalation import Event, State, ladder_of
from rules.ladder import Severity
from services.alerts import tell_operators
from services.chain import people_on, snapshots, standing
from services.digests import Digests
from services.next_step import NextStep
from services.policy import awake_at
from services.silence import BUNDLE, Silence, silences_of, with_streaks
from services.silent_again import Again


def raise_silences(session: Session, now: datetime, silences: Iterable[Silence]) -> None:
    """Opens, or joins, the alarm of each household; those of one grid are told in one message."""
    in_order = sorted(with_streaks(session, silences), key=lambda one: (one.wave, one.request_id))
    for _, wave in groupby(in_order, key=lambda one: one.wave):
        _raise(session, now, list(wave))


def _raise(session: Session, now: datetime, silences: Sequence[Silence]) -> None:
    session.flush()
    again = Again.among(session, silences)
    fresh = [one for one in silences if one.household_id not in again.present]
    climbing = [*fresh, *again.climbs, *again.held]
    ladder = ladder_of(silences[0].kind, Severity.ROUTINE)
    chains = snapshots(session, now, {one.grid_id for one in climbing}, ladder)
    told_before = again.told_before(session)
    around = standing(session, now, people_on(chains.values()).union(*told_before.values()))
    starts = awake_at(session, now, {one.grid_id for one in silences})
    digests = Digests(around.accounts)
    openings = {grid: NextStep.after(-1, chain, around, now, starts[grid]) for grid, chain in chains.items()}
    for one in [*fresh, *again.climbs]:
        opening = openings[one.grid_id]
        digests.tell(one.bundle, opening.tell, starts[one.grid_id], opening.passed)
    for one, people in told_before.items():
        able = [person for person in people if person in around.accounts]
        digests.tell(one.bundle, able, starts[one.grid_id], [])
    digests.find_places(session, now)
    openings = {grid: _told(digests, grid, one, starts[grid]) for grid, one in openings.items()}
    numbers = _open(session, now, fresh, chains, openings)
    again.join(session, now, chains, openings)
    digests.owe(session, now)
    numbers |= {one.request_id: again.present[one.household_id].id for one in again.climbs}
    _tell_nobody_left(session, now, [*fresh, *again.climbs], openings, numbers, starts)


def _told(digests: Digests, grid: int, opening: NextStep, starts: datetime) -> NextStep:
    return opening.told_at(starts, digests.told_at(silences_of(grid), opening.tell, starts))


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
        BUNDLE,
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


def _first_events(
    now: datetime, fresh: Sequence[Silence], openings: Mapping[int, NextStep], numbers: Mapping[int, int]
) -> list[dict[str, Any]]:
    return [
        {"escalation_id": numbers[one.request_id], "event": event, "at": now, "person_id": person, "detail": detail}
        for one in fresh
        for event, person, detail in [(Event.OPENED, None, one.detail), *openings[one.grid_id].happened]
    ]


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
