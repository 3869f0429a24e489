"""The rows of a duty roster put into the records, area by area."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Holiday, Person, Shift
from rules.shifts import Weekday, When
from services.duty_roster.rows import HolidayRow, ShiftRow
from services.outlook import expect
from services.register import index_of_phone
from services.roster.areas import areas_by_code
from services.roster.errors import RowError
from services.roster.outcomes import Outcome, Verdict, verdict
from services.roster.parsing import Line, Parsed
from services.shifts import keep, posts_of

Key = tuple[When, time | None, time | None]
"""What no two rows of one person share: the day and the times."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of some rows, and how many that the file has no more were taken away."""

    outcomes: list[Outcome]
    removed: int = 0


@dataclass(slots=True)
class _Written:
    """The rows about one person in one area."""

    person: Person
    area: Area
    lines: list[Line[ShiftRow]] = field(default_factory=list)


def apply_shifts(
    session: Session, now: datetime, parsed: Parsed[ShiftRow], lines: Sequence[Line[ShiftRow]], *, whole: bool
) -> Applied:
    """Puts the rows of some areas in; whoever is named has just the rows of the file there.

    Not `whole` (a row of the file is bad): nothing is taken away, since it may be the one that was meant.
    """
    areas = areas_by_code(session, (line.row.area for line in lines))
    staff = _staff(session, now, areas.values())
    errors: list[RowError] = []
    written: dict[tuple[int, int], _Written] = {}
    for line in lines:
        area = areas.get(line.row.area)
        found = _person(session, parsed, line, area, staff)
        if area is None or isinstance(found, RowError):
            errors.append(found if isinstance(found, RowError) else _no_area(parsed, line))
        else:
            written.setdefault((found.id, area.id), _Written(found, area)).lines.append(line)
    present = _present(session, {area for _, area in written})
    done = [_write(session, one, present.get(at, {}), whole=whole) for at, one in written.items()]
    session.flush()
    keep(session, now, {person for person, _ in written})
    expect(session, now, [one.area for one in written.values()])
    outcomes: list[Outcome] = [*errors, *(outcome for one in done for outcome in one.outcomes)]
    return Applied(outcomes, sum(one.removed for one in done))


def _staff(session: Session, now: datetime, areas: Iterable[Area]) -> dict[int, dict[int, Person]]:
    """By area: those who hold a post there."""
    posts = posts_of(session, [one.id for one in areas], now)
    chosen = select(Person).where(Person.id.in_({one.person_id for one in posts}))
    people = {one.id: one for one in session.scalars(chosen)}
    found: dict[int, dict[int, Person]] = {}
    for one in posts:
        found.setdefault(one.area_id, {})[one.person_id] = people[one.person_id]
    return found


def _no_area(parsed: Parsed[ShiftRow], line: Line[ShiftRow]) -> RowError:
    return parsed.error(line, "area", "roster-area-unknown", code=line.row.area)


def _person(
    session: Session,
    parsed: Parsed[ShiftRow],
    line: Line[ShiftRow],
    area: Area | None,
    staff: Mapping[int, Mapping[int, Person]],
) -> Person | RowError:
    """Whom a row is about: by name among those of the area, and by phone where one is given."""
    if area is None:
        return _no_area(parsed, line)
    row = line.row
    named = [one for one in staff.get(area.id, {}).values() if one.name == row.name]
    if not named:
        return parsed.error(line, "name", "duty-nobody", name=row.name, code=row.area)
    index = index_of_phone(session, row.phone) if row.phone else None
    mine = [one for one in named if one.phone_index == index] if index else named
    if index and not mine:
        mine = [one for one in named if one.phone_index is None]
        if not mine:
            return parsed.error(line, "phone", "duty-another-phone", name=row.name, code=row.area)
    if len(mine) > 1:
        return parsed.error(line, "phone", "duty-several", name=row.name, code=row.area)
    return mine[0]


def _present(session: Session, areas: Collection[int]) -> dict[tuple[int, int], dict[Key, Shift]]:
    found: dict[tuple[int, int], dict[Key, Shift]] = {}
    for one in session.scalars(select(Shift).where(Shift.area_id.in_(areas)).order_by(Shift.id)):
        when = one.weekday or one.day
        if when is not None:
            found.setdefault((one.person_id, one.area_id), {})[when, one.starts, one.ends] = one
    return found


def _write(session: Session, written: _Written, present: Mapping[Key, Shift], *, whole: bool) -> Applied:
    outcomes: list[Outcome] = []
    wanted: set[Key] = set()
    for line in written.lines:
        keys = {(when, line.row.starts, line.row.ends) for when in line.row.when}
        fresh = keys - present.keys() - wanted
        session.add_all(_shift(written, key) for key in sorted(fresh, key=str))
        wanted |= keys
        outcomes.append(verdict(added=bool(fresh), changed=not keys and bool(present)))
    stands_no_more = present.keys() - wanted if whole or not wanted else set()
    for key in stands_no_more:
        session.delete(present[key])
    return Applied(outcomes, len(stands_no_more))


def _shift(written: _Written, key: Key) -> Shift:
    when, starts, ends = key
    weekday = when if isinstance(when, Weekday) else None
    day = None if isinstance(when, Weekday) else when
    person, area = written.person.id, written.area.id
    return Shift(person_id=person, area_id=area, weekday=weekday, day=day, starts=starts, ends=ends)


def apply_holidays(
    session: Session, _now: datetime, parsed: Parsed[HolidayRow], lines: Sequence[Line[HolidayRow]]
) -> list[Outcome]:
    """Puts the holidays in; one that the file does not have stays (`services.holidays` takes it back)."""
    areas = areas_by_code(session, (line.row.area for line in lines if line.row.area))
    days = {line.row.day for line in lines}
    known = {(one.day, one.area_id): one for one in session.scalars(select(Holiday).where(Holiday.day.in_(days)))}
    outcomes: list[Outcome] = []
    for line in lines:
        row = line.row
        area = areas.get(row.area)
        if row.area and area is None:
            outcomes.append(parsed.error(line, "area", "roster-area-unknown", code=row.area))
            continue
        at = area.id if area else None
        present = known.get((row.day, at))
        if present is None:
            session.add(Holiday(day=row.day, area_id=at, name=row.name))
            outcomes.append(Verdict.ADDED)
            continue
        changed = bool(row.name) and present.name != row.name
        present.name = row.name or present.name
        outcomes.append(verdict(added=False, changed=changed))
    session.flush()
    return outcomes
