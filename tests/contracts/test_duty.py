"""The database and the rule agree about who is on duty, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from itertools import product

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Person, Shift, ShiftTime
from models.db import Database
from models.vault import Vault
from rules.duty import AT_THE_DOORS, is_on, nobody_is_on
from rules.ladder import Candidate, WhyNot
from rules.policy import Policy
from rules.roles import Level, Role
from rules.shifts import Stint, Weekday
from services import register
from services.accounts import Told
from services.bots import register_bots
from services.chain import Standing, standing
from services.duty_gaps import nobody_on
from services.staff import on_at
from tests.contracts.counting import counted
from tests.harness import DAY, local

NOW = local(DAY, "20:00")
AROUND = (None, *(NOW + timedelta(microseconds=step) for step in (-1, 0, 1)))


def test_the_database_and_the_rule_say_the_same(new_database: Callable[[], str]) -> None:
    database = Database(new_database(), Vault(b"a key for the tests"), Policy())
    found, standing_so, expected = database.apply(_on)
    database.close()
    assert found == standing_so == expected
    assert 0 < len(found) < len(AROUND) ** 2 * len(_STINTS) * 2


_STINTS = (None, *product((-2, 0, 1), (0, 1, 2)))
"""On no roster, or hours before and after now between which the time on duty lies."""


def _on(session: Session) -> tuple[set[int], set[int], set[int]]:
    area: Area = register.add_area(session, code="C", name="包头市", level=Level.CITY, parent=None)
    expected: set[int] = set()
    people: set[int] = set()
    for on_duty, off, on, hours in product((True, False), AROUND, AROUND, _STINTS):
        stint = None if hours is None else Stint(*(NOW + timedelta(hours=one) for one in hours))
        if stint is not None and not (stint.starts < stint.ends and stint.ends > NOW):
            continue  # one that is past is worked out anew: the stories tell
        person: Person = register.add_person(session, NOW, name="李网格员")
        appointed = register.appoint(session, NOW, person=person, role=Role.CITY, area=area)
        appointed.on_duty, appointed.off_until, appointed.on_until = on_duty, off, on
        if stint is not None:
            session.add(ShiftTime(person_id=person.id, starts_at=stint.starts, ends_at=stint.ends, look_at=stint.ends))
        people.add(person.id)
        if is_on(on_duty, off, NOW, on, stint):
            expected.add(person.id)
    session.flush()
    found = set(session.scalars(select(Appointment.person_id).where(on_at(NOW))))
    return found, {person for person, _ in standing(session, NOW, people).on_duty}, expected


def test_whoever_stands_in_is_on_whatever_their_own_roster_says(new_database: Callable[[], str]) -> None:
    database = Database(new_database(), Vault(b"a key for the tests"), Policy())

    def stands_in(session: Session) -> tuple[bool, bool]:
        area = register.add_area(session, code="C", name="包头市", level=Level.CITY, parent=None)
        one, other = (register.add_person(session, NOW, name=name) for name in ("李网格员", "刘网格员"))
        register.appoint(session, NOW, person=one, role=Role.CITY, area=area)
        register.appoint(session, NOW, person=other, role=Role.CITY, area=area).stands_for = one.id
        later = NOW + timedelta(hours=1)
        session.add_all(
            ShiftTime(person_id=who.id, starts_at=later, ends_at=later + timedelta(hours=1), look_at=later)
            for who in (one, other)
        )
        session.flush()
        around = standing(session, NOW, {one.id})
        return (one.id, Role.CITY) in around.on_duty, (other.id, Role.CITY) in around.on_duty

    assert database.apply(stands_in) == (False, True)
    database.close()


def test_a_house_without_a_roster_asks_no_more_than_before(new_database: Callable[[], str]) -> None:
    """Who is on is one statement with a roster and without; what is past is worked out by two more."""
    database = Database(new_database(), Vault(b"a key for the tests"), Policy())

    def looks(session: Session, ends: timedelta | None) -> int:
        area = register.add_area(session, code=f"C{ends}", name="包头市", level=Level.CITY, parent=None)
        person = register.add_person(session, NOW, name="李网格员")
        register.appoint(session, NOW, person=person, role=Role.CITY, area=area)
        if ends is not None:
            session.add(
                Shift(person_id=person.id, area_id=area.id, weekday=Weekday.MONDAY, starts=time(8), ends=time(9))
            )
            session.add(
                ShiftTime(person_id=person.id, starts_at=NOW - timedelta(days=1), ends_at=NOW + ends, look_at=NOW)
            )
        session.flush()
        with counted(database) as asked:
            standing(session, NOW, {person.id})
        return len(asked)

    plain, on_the_roster, past = (database.apply(looks, one) for one in (None, timedelta(1), timedelta(0)))
    database.close()
    assert plain == on_the_roster
    assert past == plain + 2


def test_who_stands_in_is_told_at_the_step_of_whom_they_stand_in_for() -> None:
    chain = [{"role": "grid_worker", "people": [1, 3]}, {"role": "grid_head", "people": [2, 1]}]
    worker, head = Role.GRID_WORKER, Role.GRID_HEAD
    around = Standing({(2, head), (9, worker), (8, worker)}, {1, 2, 3, 8, 9}, _accounts(2, 3, 9), {(1, worker): [9, 8]})
    assert around.candidates(chain) == (
        (
            Candidate(1, WhyNot.OFF_DUTY),
            Candidate(3, WhyNot.OFF_DUTY),
            Candidate(9, None),
            Candidate(8, WhyNot.UNREACHABLE),
        ),
        (Candidate(2, None), Candidate(1, WhyNot.OFF_DUTY)),
    )


def test_nobody_is_told_twice_who_stands_in_for_a_colleague_of_the_same_step() -> None:
    chain = [{"role": "grid_worker", "people": [1, 2]}]
    around = Standing({(2, Role.GRID_WORKER)}, {1, 2}, _accounts(2), {(1, Role.GRID_WORKER): [2]})
    assert around.candidates(chain) == ((Candidate(1, WhyNot.OFF_DUTY), Candidate(2, None)),)


def _accounts(*people: int) -> Told:
    return Told({one: Account(person_id=one) for one in people})


def test_the_database_and_the_rule_find_the_same_grids_with_nobody_on(new_database: Callable[[], str]) -> None:
    database = Database(new_database(), Vault(b"a key for the tests"), Policy())
    found, expected = database.apply(_grids)
    database.close()
    assert found == expected
    assert len(found) not in {0, len(_PEOPLE) ** 2}


_PEOPLE = (None, *product((True, False), (None, True, False)))
"""Nobody, or somebody on or off duty who has not joined (None), can be reached or not."""


def _grids(session: Session) -> tuple[set[int], set[int]]:
    """Grids with every pair of people as their worker and their head."""
    register_bots(session, {"bot": "telegram"})
    above = None
    for code, level in (("C", Level.CITY), ("D", Level.DISTRICT), ("S", Level.STREET), ("V", Level.COMMUNITY)):
        above = register.add_area(session, code=code, name=code, level=level, parent=above)
    expected = set()
    for number, pair in enumerate(product(_PEOPLE, repeat=2)):
        grid = register.add_area(session, code=f"G{number}", name="第一网格", level=Level.GRID, parent=above)
        people = []
        for role, somebody in zip(AT_THE_DOORS, pair, strict=True):
            if somebody is not None:
                on, reachable = somebody
                people.append((on, bool(reachable)))
                person = register.add_person(session, NOW, name="李网格员")
                register.appoint(session, NOW, person=person, role=role, area=grid).on_duty = on
                if reachable is not None:
                    address = f"{grid.id} {role}"
                    session.add(
                        Account(bot="bot", address=address, person_id=person.id, reachable=reachable, created_at=NOW)
                    )
        if nobody_is_on(people):
            expected.add(grid.id)
    session.flush()
    return nobody_on(session, NOW), expected
