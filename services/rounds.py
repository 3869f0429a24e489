"""Rounds: who is asked in a slot (体温上报); a part of some thousand people is one transaction of a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, exists, literal, null, select, update
from sqlalchemy.orm import Session

from models import Account, Asked, Household, Quarantine, ReportRequest, TemperatureReading
from models.db import insert_into
from models.statements import among, plan_for_these_rows, rows_changed
from rules.mail import Priority
from rules.policy import Policy
from rules.rounds import ANSWERED, Ask, Half, NotAsked, RequestStatus, Slot, following, plan, slot
from services.areas import grid_below
from services.mailbox import post
from services.policy import policies_at
from services.prompting import prompt_slot
from services.silence import Silence, raise_silences

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
    for party in _next_parties(session, now, below, people):
        counts["left"] = 1
        for name, number in _open_slot(session, now, party).items():
            counts[name] += number
    return counts


@dataclass(frozen=True, slots=True)
class _Party:
    """Households that are asked alike: one slot, the same instants."""

    one: Slot
    later: Slot
    households: Sequence[int]


def _next_parties(session: Session, now: datetime, below: str | None, people: int) -> list[_Party]:
    """The next people due, whole households of one slot, together where their policies say the same of it."""
    due = (
        select(Quarantine.household_id, Household.grid_id, Quarantine.next_day, Quarantine.next_half)
        .join(Household, Household.id == Quarantine.household_id)
        .where(Quarantine.next_at <= now, grid_below(Household.grid_id, below))
        .limit(people)
    )
    # In a subtree everything due is looked at: an order would make PostgreSQL search the whole city for its people.
    looked_at = (due if below else due.order_by(Quarantine.next_at)).subquery()
    rows = session.execute(select(looked_at).distinct()).all()
    if not rows:
        return []
    day, half = min({(day, half) for _, _, day, half in rows}, key=_in_time)
    grids = {household: grid for household, grid, *of in rows if of == [day, half]}
    policies = policies_at(session, set(grids.values()))
    slots = {grid: _slots(day, half, policies[grid]) for grid in set(grids.values())}
    parties: dict[tuple[Slot, Slot], list[int]] = {}
    for household in sorted(grids):
        parties.setdefault(slots[grids[household]], []).append(household)
    return [_Party(one, later, households) for (one, later), households in parties.items()]


def _in_time(of: tuple[date, Half]) -> tuple[date, int]:
    return of[0], list(Half).index(of[1])


def _slots(day: date, half: Half, policy: Policy) -> tuple[Slot, Slot]:
    one = slot(day, half, policy)
    return one, following(one, policy)


def _open_slot(session: Session, now: datetime, party: _Party) -> dict[str, int]:
    plan_for_these_rows(session)
    decision = plan(party.one, now)
    due = and_(
        among(session, Quarantine.household_id, party.households),
        Quarantine.next_at <= now,
        Quarantine.next_day == party.one.day,
        Quarantine.next_half == party.one.half,
    )
    requests = and_(
        among(session, ReportRequest.household_id, party.households),
        ReportRequest.day == party.one.day,
        ReportRequest.half == party.one.half,
    )
    opened = _owe(session, party, decision, due)
    _ask_for(session, requests, due)
    if opened < len(party.households):
        _reopen(session, requests)
    _move_on(session, due, party.later)
    counts = {"households": len(party.households), "requests": opened}
    if isinstance(decision, Ask):
        return {**counts, **prompt_slot(session, now, requests, party.households)}
    if party.later.opens_at > now:  # otherwise the next slot asks anyway: one alarm is enough
        raise_silences(session, now, _not_asked(session, requests))
    return counts


def _not_asked(session: Session, requests: Any) -> Iterable[Silence]:
    unreachable = ReportRequest.status == RequestStatus.UNREACHABLE
    rows = session.scalars(select(ReportRequest).where(requests, unreachable).order_by(ReportRequest.id))
    return [Silence.of(one) for one in rows]


def _owe(session: Session, party: _Party, decision: Ask | NotAsked, due: Any) -> int:
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
    # Somebody may have moved them on since they were looked at: what is due now decides.
    chosen = select(
        Household.id,
        Household.grid_id,
        *(literal(value, table[name].type).label(name) for name, value in values.items()),
    ).where(
        among(session, Household.id, party.households),
        Household.id.in_(select(Quarantine.household_id).where(due)),
    )
    done = insert_into(session, ReportRequest).from_select(
        ["household_id", "grid_id", *values], chosen.order_by(Household.id)
    )
    return rows_changed(session, done.on_conflict_do_nothing(index_elements=["household_id", "day", "half"]))


def _ask_for(session: Session, requests: Any, due: Any) -> None:
    """Puts down whom the slot asks for."""
    chosen = (
        select(ReportRequest.id, Quarantine.person_id)
        .join(Quarantine, ReportRequest.household_id == Quarantine.household_id)
        .where(requests, due)
        .order_by(ReportRequest.id)
    )
    done = insert_into(session, Asked).from_select(["request_id", "person_id"], chosen)
    session.execute(done.on_conflict_do_nothing())


def _reopen(session: Session, requests: Any) -> None:
    """A member who comes late re-opens a report that was complete without them."""
    answered = exists().where(
        TemperatureReading.request_id == Asked.request_id, TemperatureReading.person_id == Asked.person_id
    )
    owes = exists().where(Asked.request_id == ReportRequest.id, ~answered)
    session.execute(
        update(ReportRequest)
        .where(requests, ReportRequest.status.in_(ANSWERED), owes)
        .values(status=RequestStatus.DUE, answered_at=None)
        .execution_options(synchronize_session=False)
    )


def _move_on(session: Session, due: Any, later: Slot) -> None:
    """Everybody to the following slot; whose last day is over by then is asked no more."""
    columns = Quarantine.__table__.c
    values = {"next_day": later.day, "next_half": later.half, "next_at": later.opens_at}
    over = Quarantine.last_day < later.day
    session.execute(
        update(Quarantine)
        .where(due)
        .values({name: case((over, null()), else_=literal(one, columns[name].type)) for name, one in values.items()})
        .execution_options(synchronize_session=False)
    )


def ask_late(session: Session, now: datetime, request: ReportRequest, account: Account) -> None:
    """Somebody who has just joined is asked for what their household still owes, while the slot is open."""
    if now < request.miss_at and request.status is RequestStatus.UNREACHABLE:
        request.status, request.why = RequestStatus.DUE, ""
    if request.status is RequestStatus.DUE:
        post(session, now, account, Priority.PROMPT, "prompt", about=f"request:{request.id}")
