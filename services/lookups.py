"""What is asked for many at once: each question is put together once, and its answers are laid up in a `Foresight`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from models import (
    Asked,
    Conversation,
    Escalation,
    Household,
    Person,
    Quarantine,
    ReportRequest,
    Resident,
    SpokenFor,
    TemperatureReading,
)
from rules.escalation import SILENCES, State
from services.dossier import gathered
from services.foresight import Foresight, Front
from services.phones import answering


def among(numbers: Collection[Any]) -> dict[str, Any]:
    """The parameter of the questions below."""
    return {"numbers": sorted(numbers)}


def _these() -> Any:
    return bindparam("numbers", expanding=True)


@cache
def by_number(record: Any) -> Select[Any]:
    """The records with these numbers."""
    return select(record).where(record.id.in_(_these()))


_FILLING = select(Conversation.account_id).where(Conversation.account_id.in_(_these()))
_CALLS = select(SpokenFor.account_id, SpokenFor.person_id, SpokenFor.call).where(SpokenFor.account_id.in_(_these()))
_LIVING = (
    select(Resident.person_id, Household)
    .join(Household, Household.id == Resident.household_id)
    .where(Resident.person_id.in_(_these()))
    .order_by(Resident.id)
)
_MEMBERS = (
    select(Resident, Person)
    .join(Person, Person.id == Resident.person_id)
    .where(Resident.household_id.in_(_these()))
    .order_by(Resident.id)
)
_FRONTS = (
    select(Resident.household_id, Resident.heads, Resident.relation, Person.name, Person.phone_sealed)
    .join(Person, Person.id == Resident.person_id)
    .where(Resident.household_id.in_(_these()))
    .order_by(Resident.id)
)
_QUARANTINED = (
    select(Quarantine.household_id, Quarantine.person_id, Quarantine.first_day, Quarantine.last_day)
    .where(Quarantine.household_id.in_(_these()), Quarantine.ended_at.is_(None))
    .order_by(Quarantine.id)
)
_ALARMED = select(Escalation.person_id).where(Escalation.person_id.in_(_these()), Escalation.state != State.CLOSED)
_SILENT = select(Escalation.household_id).where(
    Escalation.household_id.in_(_these()), Escalation.kind.in_(SILENCES), Escalation.state != State.CLOSED
)
_ASKED = (
    select(Asked.request_id, Asked.person_id)
    .join(ReportRequest, ReportRequest.id == Asked.request_id)
    .outerjoin(
        Resident, (Resident.person_id == Asked.person_id) & (Resident.household_id == ReportRequest.household_id)
    )
    .where(Asked.request_id.in_(_these()))
    .order_by(Resident.id, Asked.person_id)
)
_ANSWERS = select(TemperatureReading).where(TemperatureReading.request_id.in_(_these())).order_by(TemperatureReading.id)


def _asked_last() -> Select[Any]:
    one = aliased(ReportRequest)
    latest = (
        select(one.id)
        .where(one.household_id == Household.id, one.opens_at <= bindparam("now", type_=ReportRequest.opens_at.type))
        .order_by(one.opens_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(ReportRequest).join(Household, ReportRequest.id == latest).where(Household.id.in_(_these()))


_ASKED_LAST = _asked_last()


def without_form(session: Session, known: Foresight, accounts: Collection[int]) -> None:
    """Which of these fill in no form."""
    known.without_form |= set(accounts) - set(session.scalars(_FILLING, among(accounts)))


def calls(session: Session, known: Foresight, accounts: Collection[int]) -> None:
    """For whom else these accounts speak."""
    known.calls = {number: {} for number in accounts}
    for account, person, call in session.execute(_CALLS, among(accounts)):
        known.calls[account][person] = call


def living(session: Session, known: Foresight, people: Collection[int]) -> None:
    """Where each of them lives: the newest place."""
    known.homes |= dict.fromkeys(people)
    known.homes.update((person, home) for person, home in session.execute(_LIVING, among(people)))


def members(session: Session, known: Foresight, homes: Collection[int]) -> None:
    """Who lives there."""
    known.members |= {home: [] for home in homes}
    for resident, person in session.execute(_MEMBERS, among(homes)):
        known.members[resident.household_id].append((resident, person))


def quarantined(session: Session, known: Foresight, homes: Collection[int]) -> None:
    """Who of them is in quarantine, from when, to when."""
    found = session.execute(_QUARANTINED, among(homes))
    known.quarantined |= _grouped(homes, ((home, (who, first, last)) for home, who, first, last in found))


def fronts(session: Session, known: Foresight, homes: Collection[int]) -> None:
    """Whom to ask for at these doors, without the records themselves: a digest shows thirty doors."""
    found = session.execute(_FRONTS, among(homes))
    rows = ((home, Front(heads, relation, name, phone)) for home, heads, relation, name, phone in found)
    known.fronts |= _grouped(homes, rows)


def households(session: Session, known: Foresight, now: datetime, homes: Collection[int]) -> None:
    """Who lives there, who of them is in quarantine, about whom nothing is open, and on which phones;
    what they were asked last.
    """
    members(session, known, homes)
    quarantined(session, known, homes)
    people = {person.id for home in homes for _, person in known.members[home]}
    known.calm_people |= people - set(session.scalars(_ALARMED, among(people)))
    known.calm_homes |= set(homes) - set(session.scalars(_SILENT, among(homes)))
    doors = answering(session, list(homes))
    known.doors |= _grouped(homes, session.execute(select(doors.c.household_id, doors.c.account_id)))
    latest = {one.household_id: one for one in session.scalars(_ASKED_LAST, {**among(homes), "now": now})}
    known.requests |= {home: latest.get(home) for home in homes}
    slots(session, known, {one.id for one in latest.values()})


def slots(session: Session, known: Foresight, requests: Collection[int]) -> None:
    """Whom these ask about, and what they were answered."""
    known.asked |= _grouped(requests, session.execute(_ASKED, among(requests)))
    known.readings |= _grouped(requests, ((one.request_id, one) for one in session.scalars(_ANSWERS, among(requests))))


def bundles(session: Session, known: Foresight, numbers: Collection[str], closed_since: datetime | None = None) -> None:
    """What is gathered under these: what is open, and what was closed after an instant."""
    if numbers:
        found = session.scalars(gathered(numbers, closed_since))
        known.bundles |= _grouped(numbers, ((one.bundle, one) for one in found))


def _grouped(keys: Iterable[Any], pairs: Iterable[Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {key: [] for key in keys}
    for key, one in pairs:
        found[key].append(one)
    return found
