"""What a batch of answers will ask the database, asked once for all of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from channels.port import Address, Incoming, Text
from models import (
    Account,
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
from rules.escalation import State
from services.foresight import Foresight, foresee, foresee_no_more, foreseen, is_foreseeing
from services.phones import answering
from services.policy import policies_at


def look_into(session: Session, homes: Collection[int]) -> None:
    """Several doors are about to be asked about, within a batch that is looked ahead: looked up together."""
    known = foreseen(session)
    strange = [home for home in homes if home not in known.members or home not in known.quarantined]
    if strange and is_foreseeing(session):
        households(session, known, strange)


@contextmanager
def looking_ahead(session: Session, now: datetime, batch: Sequence[Incoming]) -> Iterator[None]:
    """Within it, whatever is asked for these updates is known already."""
    foresee(session, look_ahead(session, now, batch))
    try:
        yield
    finally:
        foresee_no_more(session)


def look_ahead(session: Session, now: datetime, batch: Sequence[Incoming]) -> Foresight:
    """Everything that the handlers of these updates will ask for, when each of them is an answer."""
    known = Foresight()
    _accounts(session, known, batch)
    speaking = {one.sender for one in batch if isinstance(one.content, Text) and one.speaker is None}
    accounts = [account for address, account in known.accounts.items() if address in speaking]
    if accounts:
        _speakers(session, known, accounts)
        homes = {home.id: home for home in known.homes.values() if home is not None}
        _homes(session, known, list(homes))
        _slots(session, known, now, list(homes))
        policies_at(session, {home.grid_id for home in homes.values()})
    return known


def _accounts(session: Session, known: Foresight, batch: Sequence[Incoming]) -> None:
    chats: dict[str, set[str]] = {}
    for one in batch:
        chats.setdefault(one.sender.bot, set()).add(one.sender.chat)
    for bot, addresses in chats.items():
        for account in session.scalars(select(Account).where(Account.bot == bot, Account.address.in_(addresses))):
            known.accounts[Address(account.bot, account.address)] = account


def calls(session: Session, known: Foresight, accounts: Collection[int]) -> None:
    """For whom else these speak."""
    known.calls = {number: {} for number in accounts}
    called = select(SpokenFor.account_id, SpokenFor.person_id, SpokenFor.call).where(SpokenFor.account_id.in_(accounts))
    for account, person, call in session.execute(called):
        known.calls[account][person] = call


def _speakers(session: Session, known: Foresight, accounts: Sequence[Account]) -> None:
    """Who speaks, for whom, from where, and whether they are filling in a form."""
    numbers = [account.id for account in accounts]
    filling = session.scalars(select(Conversation.account_id).where(Conversation.account_id.in_(numbers)))
    known.without_form = set(numbers) - set(filling)
    calls(session, known, numbers)
    people = {account.person_id for account in accounts if account.person_id is not None}
    people |= {person for calls in known.calls.values() for person in calls}
    known.homes = dict.fromkeys(people)
    living = (
        select(Resident.person_id, Household)
        .join(Household, Household.id == Resident.household_id)
        .where(Resident.person_id.in_(people))
        .order_by(Resident.id)
    )
    known.homes.update((person, home) for person, home in session.execute(living))


def households(session: Session, known: Foresight, homes: Collection[int]) -> None:
    """Who lives there, and who of them is in quarantine."""
    known.members |= {home: [] for home in homes}
    rows = session.execute(
        select(Resident, Person)
        .join(Person, Person.id == Resident.person_id)
        .where(Resident.household_id.in_(homes))
        .order_by(Resident.id)
    )
    for resident, person in rows:
        known.members[resident.household_id].append((resident, person))
    known.quarantined |= {home: [] for home in homes}
    running = select(Quarantine.household_id, Quarantine.person_id, Quarantine.first_day, Quarantine.last_day)
    ones = running.where(Quarantine.household_id.in_(homes), Quarantine.ended_at.is_(None)).order_by(Quarantine.id)
    for home, who, first, last in session.execute(ones):
        known.quarantined[home].append((who, first, last))


def _homes(session: Session, known: Foresight, homes: Sequence[int]) -> None:
    """And about whom nothing is open."""
    households(session, known, homes)
    people = [person.id for found in known.members.values() for _, person in found]
    alarmed = select(Escalation.person_id).where(Escalation.person_id.in_(people), Escalation.state != State.CLOSED)
    known.calm_people = set(people) - set(session.scalars(alarmed))
    silent = select(Escalation.household_id).where(
        Escalation.household_id.in_(homes), Escalation.person_id.is_(None), Escalation.state != State.CLOSED
    )
    known.calm_homes = set(homes) - set(session.scalars(silent))
    doors = answering(session, homes)
    counted = select(doors.c.household_id).group_by(doors.c.household_id).having(func.count() > 1)
    known.one_phone = set(homes) - set(session.scalars(counted))


def _slots(session: Session, known: Foresight, now: datetime, homes: Sequence[int]) -> None:
    """What each household was asked last, about whom, and what it has answered."""
    one = aliased(ReportRequest)
    latest = (
        select(one.id)
        .where(one.household_id == Household.id, one.opens_at <= now)
        .order_by(one.opens_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    asked_last = select(ReportRequest).join(Household, ReportRequest.id == latest).where(Household.id.in_(homes))
    known.requests = dict.fromkeys(homes)
    known.requests.update((one.household_id, one) for one in session.scalars(asked_last))
    slots(session, known, [one.id for one in known.requests.values() if one is not None])


def slots(session: Session, known: Foresight, requests: Sequence[int]) -> None:
    """Whom these ask about, and what they were answered."""
    known.asked = _grouped(
        requests,
        session.execute(
            select(Asked.request_id, Asked.person_id)
            .join(ReportRequest, ReportRequest.id == Asked.request_id)
            .outerjoin(
                Resident,
                (Resident.person_id == Asked.person_id) & (Resident.household_id == ReportRequest.household_id),
            )
            .where(Asked.request_id.in_(requests))
            .order_by(Resident.id, Asked.person_id)
        ),
    )
    known.readings = {one: [] for one in requests}
    taken = select(TemperatureReading).where(TemperatureReading.request_id.in_(requests))
    for reading in session.scalars(taken.order_by(TemperatureReading.id)):
        known.readings[reading.request_id or 0].append(reading)


def _grouped(keys: Iterable[int], pairs: Iterable[Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {key: [] for key in keys}
    for key, one in pairs:
        found[key].append(one)
    return found
