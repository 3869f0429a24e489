"""The sheet 居民 put into people, households and quarantines: a few look-ups for many rows."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models import Household, Person, Quarantine, Resident
from rules.roles import Level
from services.register import NoGridError, grid_of, id_number_of, index_of_id_number, order, settle, write_person
from services.roster import lookups
from services.roster.areas import areas_by_code
from services.roster.errors import RowError
from services.roster.outcomes import Outcome, Verdict, verdict
from services.roster.parsing import Line, Parsed
from services.roster.rows import ResidentRow


@dataclass(frozen=True, slots=True)
class _Known:
    """What the records say about the people at hand."""

    by_id_number: Mapping[bytes | None, Person]
    neighbours: Mapping[tuple[int, str], Person]
    """By household and name."""
    in_file: Collection[Hashable]
    """The identity numbers of the whole file, among what else makes a row unique."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A row and whom it is about."""

    row: ResidentRow
    household: Household
    person: Person
    added: bool
    changed: bool


def apply_residents(
    session: Session, now: datetime, parsed: Parsed[ResidentRow], lines: Sequence[Line[ResidentRow]]
) -> list[Outcome]:
    """Puts some lines in: the person is known by identity number, else by household and name, else is new."""
    placed, errors = _place(session, parsed, lines)
    known = _look_up(session, parsed, placed)
    members = [_member(session, now, row, household, known) for row, household in placed]
    session.flush()
    people = [one.person.id for one in members]
    homes = lookups.homes(session, people)
    quarantines = lookups.quarantines(session, people)
    with session.no_autoflush:  # policies are looked up on the way: no need to write a few rows at a time for that
        verdicts = [_put_down(session, now, one, homes, quarantines) for one in members]
    return [*errors, *verdicts]


def _place(
    session: Session, parsed: Parsed[ResidentRow], lines: Sequence[Line[ResidentRow]]
) -> tuple[list[tuple[ResidentRow, Household]], list[RowError]]:
    """The rows with their households, new ones numbered; and the rows that can have none."""
    grids = _grids(session, {line.row.area for line in lines})
    area_ids = {place[0] for place in grids.values() if not isinstance(place, str)}
    known = lookups.households(session, area_ids, {line.row.room for line in lines})
    placed: list[tuple[ResidentRow, Household]] = []
    errors: list[RowError] = []
    for line in lines:
        row, place = line.row, grids.get(line.row.area, "roster-area-unknown")
        if isinstance(place, str):
            errors.append(parsed.error(line, "area", place, code=row.area))
            continue
        area_id, grid_id = place
        household = known.get((area_id, row.room))
        if household is None:
            household = known[area_id, row.room] = Household(area_id=area_id, grid_id=grid_id, room=row.room)
            session.add(household)
        placed.append((row, household))
    session.flush()
    return placed, errors


def _grids(session: Session, codes: set[str]) -> dict[str, tuple[int, int] | str]:
    """For each known code the ids of the area and its grid, or the key of what is wrong with it."""
    found: dict[str, tuple[int, int] | str] = {}
    for code, area in areas_by_code(session, codes).items():
        if area.level.depth < Level.GRID.depth:
            found[code] = "roster-area-too-high"
            continue
        try:
            found[code] = area.id, grid_of(session, area).id
        except NoGridError:
            found[code] = "roster-no-grid"
    return found


def _look_up(session: Session, parsed: Parsed[ResidentRow], placed: Sequence[tuple[ResidentRow, Household]]) -> _Known:
    indexes = {index_of_id_number(session, row.id_number) for row, _ in placed if row.id_number}
    return _Known(
        lookups.people_by_id_number(session, indexes),
        lookups.neighbours(session, {household.id for _, household in placed}),
        parsed.identities,
    )


def _member(session: Session, now: datetime, row: ResidentRow, household: Household, known: _Known) -> _Member:
    person = _find(session, row, household, known)
    added = person is None
    if person is None:
        person = Person(name=row.name, sex="", created_at=now)
        session.add(person)
    changed = write_person(session, person, name=row.name, sex=row.sex, phone=row.phone, id_number=row.id_number)
    return _Member(row, household, person, added, changed)


def _find(session: Session, row: ResidentRow, household: Household, known: _Known) -> Person | None:
    if row.id_number:
        person = known.by_id_number.get(index_of_id_number(session, row.id_number))
        if person:
            return person
    neighbour = known.neighbours.get((household.id, row.name))
    # Another row of the file carries the neighbour's identity number: that row is about them, this one is not.
    number = id_number_of(session, neighbour) if neighbour else None
    return None if number and number != row.id_number and number in known.in_file else neighbour


def _put_down(
    session: Session,
    now: datetime,
    member: _Member,
    homes: Mapping[int, Resident],
    quarantines: Mapping[int, Sequence[Quarantine]],
) -> Verdict:
    row, household, person = member.row, member.household, member.person
    home, own = homes.get(person.id), quarantines.get(person.id, ())
    changed = member.changed
    if home is None:
        session.add(
            Resident(person_id=person.id, household_id=household.id, relation=row.relation, tags=list(row.tags))
        )
    else:
        changed |= settle(session, now, home, household, own, relation=row.relation, tags=row.tags)
    if row.first_day:
        _, ordered = order(
            session,
            now,
            own,
            person=person,
            household=household,
            first_day=row.first_day,
            days=row.days,
            reason=row.reason,
            origin=row.origin,
        )
        changed |= ordered
    return verdict(added=member.added or home is None, changed=changed)
