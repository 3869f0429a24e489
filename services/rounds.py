"""Rounds: who is asked in a slot (体温上报); a part of some thousand people is one transaction of a few statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, and_, case, exists, func, literal, null, or_, select, type_coerce, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import Account, Asked, Household, Quarantine, ReportRequest, TemperatureReading
from models.db import insert_into
from models.statements import among, each, plan_for_these_rows
from rules.mail import Priority
from rules.policy import Policy
from rules.rounds import ANSWERED, Ask, Half, NotAsked, RequestStatus, Slot, following, plan, slot
from services.areas import grid_below
from services.excused_slots import asked_on, excuse_slots
from services.mailbox import post
from services.policy import policies_at
from services.prompting import prompt
from services.raising import raise_silences
from services.silence import Silence

PEOPLE_A_PART = 12_500
"""People asked in one transaction, with whoever else lives behind their doors: it lasts a second or two (ADR 34)."""


def open_rounds(
    session: Session, now: datetime, below: str | None = None, people: int = PEOPLE_A_PART
) -> dict[str, int]:
    """Opens what is due of the oldest slot for so many people; catches up what a stopped machine missed, in order.

    `below` is the path of the subtree that is looked at; None: everywhere. Whoever was asked is moved on to the next
    slot in the same transaction: a part that is begun again finds them no more.
    """
    counts = {"households": 0, "requests": 0, "prompts": 0, "unreachable": 0, "left": 0}
    parties, more = _next_parties(session, now, below, people)
    # What has been slept through for longer than a slot is due again in the next one.
    counts["left"] = int(more or any(one.later.opens_at <= now for one in parties))
    for party in parties:
        for name, number in _open_slot(session, now, party).items():
            counts[name] += number
    return counts


@dataclass(frozen=True, slots=True)
class _Party:
    """Households that are asked alike: one slot, the same instants."""

    one: Slot
    later: Slot
    households: Mapping[int, int]
    """Each with its grid."""
    excused: frozenset[int] = frozenset()
    """Those of them in which somebody need not be measured."""


Requests = dict[int, int]
"""Numbers of requests, by household."""


def _next_parties(session: Session, now: datetime, below: str | None, people: int) -> tuple[list[_Party], bool]:
    """The next people due, whole households of one slot, together where their policies say the same of it; and whether
    there may be more.
    """
    half_day = type_coerce(Quarantine.next_half, String).label("next_half")  # no Half is made for each of a city's rows
    is_excused = case((Quarantine.excused_until >= Quarantine.next_day, 1), else_=0).label("excused")
    due = (
        select(Quarantine.household_id, Household.grid_id, Quarantine.next_day, half_day, is_excused)
        .join(Household, Household.id == Quarantine.household_id)
        .where(Quarantine.next_at <= now, grid_below(Household.grid_id, below))
        .limit(people)
    )
    # In a subtree everything due is looked at: an order would make PostgreSQL search the whole city for its people.
    looked_at = (due if below else due.order_by(Quarantine.next_at)).subquery()
    home, excused = list(looked_at.c)[:4], looked_at.c.excused
    counted = select(*home, func.max(excused).label("excuses"), func.count()).group_by(*home)
    rows: Sequence[Any] = session.execute(counted).all()
    if not rows:
        return [], False
    slots_due = {(day, half) for _, _, day, half, _, _ in rows}
    more = len(slots_due) > 1 or sum(number for *_, number in rows) == people
    day, half = min(slots_due, key=_in_time)
    grids = {household: grid for household, grid, *of, _, _ in rows if of == [day, half]}
    free = frozenset(row.household_id for row in rows if row.excuses)
    policies = policies_at(session, set(grids.values()))
    slots = {grid: _slots(day, Half(half), policies[grid]) for grid in set(grids.values())}
    parties: dict[tuple[Slot, Slot], dict[int, int]] = {}
    for household, grid in sorted(grids.items()):
        parties.setdefault(slots[grid], {})[household] = grid
    return [_Party(one, later, homes, free & homes.keys()) for (one, later), homes in parties.items()], more


def _of(households: Iterable[int], requests: Requests) -> Requests:
    return {home: requests[home] for home in households if home in requests}


def _in_time(of: tuple[date, str]) -> tuple[date, int]:
    return of[0], list(Half).index(Half(of[1]))


def _slots(day: date, half: Half, policy: Policy) -> tuple[Slot, Slot]:
    one = slot(day, half, policy)
    return one, following(one, policy)


def _open_slot(session: Session, now: datetime, party: _Party) -> dict[str, int]:
    plan_for_these_rows(session)
    decision = plan(party.one, now)
    opened = _owe(session, party, decision)
    present = _owed_already(session, party, opened)
    _ask_for(session, now, party, opened | present)
    _reopen(session, now, party, present)
    excused = excuse_slots(session, party.one.day, _of(party.excused, opened | present)) if party.excused else set()
    _move_on(session, now, party)
    counts = {"households": len(party.households), "requests": len(opened)}
    if isinstance(decision, Ask):
        due = opened | _those(session, present, RequestStatus.DUE)
        due = {home: request for home, request in due.items() if home not in excused}
        return {**counts, **prompt(session, now, due)}
    if party.later.opens_at > now:  # otherwise the next slot asks anyway: one alarm is enough
        raise_silences(session, now, _not_asked(session, opened | present))
    return counts


def _due(now: datetime, one: Slot) -> ColumnElement[bool]:
    """The condition of the quarantines that a slot asks."""
    return and_(Quarantine.next_at <= now, Quarantine.next_day == one.day, Quarantine.next_half == one.half)


def _owe(session: Session, party: _Party, decision: Ask | NotAsked) -> Requests:
    """Puts down what each household owes for the slot; those that did not before."""
    one = party.one
    values: dict[str, Any] = {
        "day": one.day,
        "half": one.half,
        "status": RequestStatus.DUE if isinstance(decision, Ask) else RequestStatus.UNREACHABLE,
        "why": "" if isinstance(decision, Ask) else decision.why,
        "opens_at": one.opens_at,
        "remind_at": decision.remind_at if isinstance(decision, Ask) else None,
        "miss_at": decision.miss_at if isinstance(decision, Ask) else one.miss_at,
    }
    table = ReportRequest.__table__.c
    homes = each(session, household_id=list(party.households), grid_id=list(party.households.values()))
    chosen = select(homes, *(literal(value, table[name].type).label(name) for name, value in values.items()))
    owed = insert_into(session, ReportRequest).from_select(
        ["household_id", "grid_id", *values], chosen.order_by(homes.c.household_id)
    )
    fresh = owed.on_conflict_do_nothing(index_elements=["household_id", "day", "half"])
    rows = session.execute(fresh.returning(ReportRequest.household_id, ReportRequest.id))
    return dict(rows.all())


def _owed_already(session: Session, party: _Party, opened: Requests) -> Requests:
    """The requests of those who owed for the slot before: somebody of theirs comes late."""
    others = [one for one in party.households if one not in opened]
    if not others:
        return {}
    rows = session.execute(
        select(ReportRequest.household_id, ReportRequest.id).where(
            among(session, ReportRequest.household_id, others),
            ReportRequest.day == party.one.day,
            ReportRequest.half == party.one.half,
        )
    )
    return dict(rows.all())


def _those(session: Session, requests: Requests, status: RequestStatus) -> Requests:
    """The requests that stand so."""
    if not requests:
        return {}
    standing = select(ReportRequest.household_id, ReportRequest.id).where(ReportRequest.status == status)
    return dict(session.execute(standing.where(among(session, ReportRequest.id, requests.values()))).all())


def _not_asked(session: Session, requests: Requests) -> Iterable[Silence]:
    unreachable = select(ReportRequest).where(ReportRequest.status == RequestStatus.UNREACHABLE)
    rows = session.scalars(unreachable.where(among(session, ReportRequest.id, requests.values())))
    return [Silence.of(one) for one in rows]


def _ask_for(session: Session, now: datetime, party: _Party, requests: Requests) -> None:
    """Puts down whom the slot asks for."""
    homes = each(session, household_id=list(requests), request_id=list(requests.values()))
    chosen = (
        select(homes.c.request_id, Quarantine.person_id)
        .select_from(homes)
        .join(Quarantine, Quarantine.household_id == homes.c.household_id)
        .where(_due(now, party.one))
        .order_by(homes.c.request_id)
    )
    if party.excused:
        chosen = chosen.where(asked_on(party.one.day))
    done = insert_into(session, Asked).from_select(["request_id", "person_id"], chosen)
    session.execute(done.on_conflict_do_nothing())


def _reopen(session: Session, now: datetime, party: _Party, requests: Requests) -> None:
    """A member who comes late re-opens a report that was complete, or excused, without them."""
    if not requests:
        return
    answered = exists().where(
        TemperatureReading.request_id == Asked.request_id, TemperatureReading.person_id == Asked.person_id
    )
    owes = exists().where(Asked.request_id == ReportRequest.id, ~answered)
    # Whom a worker excused at the door is still on the list: only somebody new counts.
    comes_late = owes.where(Quarantine.person_id == Asked.person_id, _due(now, party.one), asked_on(party.one.day))
    stands = ReportRequest.status
    session.execute(
        update(ReportRequest)
        .where(
            among(session, ReportRequest.id, requests.values()),
            or_(stands.in_(ANSWERED) & owes, (stands == RequestStatus.EXCUSED) & comes_late),
        )
        .values(status=RequestStatus.DUE, why="", answered_at=None)
        .execution_options(synchronize_session=False)
    )


def _move_on(session: Session, now: datetime, party: _Party) -> None:
    """Everybody to the following slot; whose last day is over by then is asked no more."""
    columns, later = Quarantine.__table__.c, party.later
    values = {"next_day": later.day, "next_half": later.half, "next_at": later.opens_at}
    over = Quarantine.last_day < later.day
    session.execute(
        update(Quarantine)
        .where(among(session, Quarantine.household_id, party.households), _due(now, party.one))
        .values({name: case((over, null()), else_=literal(one, columns[name].type)) for name, one in values.items()})
        .execution_options(synchronize_session=False)
    )


def ask_late(session: Session, now: datetime, request: ReportRequest, account: Account) -> None:
    """Somebody who has just joined is asked for what their household still owes, while the slot is open."""
    if now < request.miss_at and request.status is RequestStatus.UNREACHABLE:
        request.status, request.why = RequestStatus.DUE, ""
    if request.status is RequestStatus.DUE:
        post(session, now, account, Priority.PROMPT, "prompt", about=f"request:{request.id}")
