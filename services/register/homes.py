"""Who lives where: one home a person; whoever moves takes the quarantine along."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Household, Person, Quarantine, Resident
from rules.quarantine import QuarantineStatus
from services.audit import record
from services.register.writing import change


def add_resident(
    session: Session,
    now: datetime,
    *,
    person: Person,
    household: Household,
    relation: str = "",
    tags: Sequence[str] = (),
) -> Resident:
    """Puts the person down as living in the household, moving them there when they lived elsewhere."""
    resident = session.scalar(
        select(Resident).where(Resident.person_id == person.id).order_by(Resident.id.desc()).limit(1)
    )
    if resident is None:
        resident = Resident(person_id=person.id, household_id=household.id, relation=relation, tags=list(tags))
        session.add(resident)
    else:
        if resident.household_id != household.id:
            _one_home_less(session, person, household)
        quarantines = session.scalars(select(Quarantine).where(Quarantine.person_id == person.id))
        settle(session, now, resident, household, quarantines, relation=relation, tags=tags)
    session.flush()
    return resident


def _one_home_less(session: Session, person: Person, household: Household) -> None:
    """Who has a bed at two homes and moves to one of them lives there once."""
    twice = select(Resident).where(Resident.person_id == person.id, Resident.household_id == household.id)
    for one in session.scalars(twice):
        session.delete(one)
        session.flush()


def settle(
    session: Session,
    now: datetime,
    resident: Resident,
    household: Household,
    quarantines: Iterable[Quarantine],
    *,
    relation: str = "",
    tags: Sequence[str] = (),
) -> bool:
    """Writes where and as what somebody known lives; what is empty stays as it is. Whether anything changed.

    The household they left stays in the register, and the audit remembers who lived there.
    """
    changed = change(resident, relation=relation or resident.relation, tags=list(tags) or resident.tags)
    if resident.household_id == household.id:
        return changed
    record(
        session,
        now,
        actor_id=None,
        act="move",
        subject=f"person:{resident.person_id}",
        left=resident.household_id,
        to=household.id,
    )
    resident.household_id, resident.heads = household.id, False  # who stands for the other family is its own affair
    for one in quarantines:
        if one.status is not QuarantineStatus.ENDED:
            one.household_id = household.id
    return True
