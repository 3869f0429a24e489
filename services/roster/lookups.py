"""What is known about many people and doors, a query a kind."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Household, Person, Quarantine, Resident


def households(session: Session, area_ids: Collection[int], rooms: Collection[str]) -> dict[tuple[int, str], Household]:
    """The doors with these rooms in these areas."""
    chosen = select(Household).where(Household.area_id.in_(area_ids), Household.room.in_(rooms))
    return {(one.area_id, one.room): one for one in session.scalars(chosen)}


def people_by_id_number(session: Session, indexes: Collection[bytes]) -> dict[bytes | None, Person]:
    """Those with these identity numbers (blind indexes); of doubles the one known longest."""
    chosen = select(Person).where(Person.id_number_index.in_(indexes)).order_by(Person.id.desc())
    return {one.id_number_index: one for one in session.scalars(chosen)}


def neighbours(session: Session, household_ids: Collection[int]) -> dict[tuple[int, str], Person]:
    """Those who live in these households, by household and name; of doubles the one known longest."""
    chosen = (
        select(Resident.household_id, Person)
        .join(Person, Person.id == Resident.person_id)
        .where(Resident.household_id.in_(household_ids))
        .order_by(Resident.id.desc())
    )
    return {(household, person.name): person for household, person in session.execute(chosen)}


def homes(session: Session, person_ids: Collection[int]) -> dict[int, Resident]:
    """Where these people live; the newest place counts."""
    chosen = select(Resident).where(Resident.person_id.in_(person_ids)).order_by(Resident.id)
    return {one.person_id: one for one in session.scalars(chosen)}


def quarantines(session: Session, person_ids: Collection[int]) -> Mapping[int, Sequence[Quarantine]]:
    """Every quarantine of these people."""
    found: defaultdict[int, list[Quarantine]] = defaultdict(list)
    for one in session.scalars(select(Quarantine).where(Quarantine.person_id.in_(person_ids))):
        found[one.person_id].append(one)
    return found
