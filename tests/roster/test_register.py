"""The register's own functions, as joining through chat uses them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Appointment, Area, Household, Person, Quarantine, Resident
from models.db import Database
from rules.errors import NotAllowedError
from rules.quarantine import QuarantineStatus
from rules.roles import Level, Role
from services import register
from services.register.places import NoGridError
from tests.roster.books import NOW, id_number


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def grid(session: Session) -> Area:
    city = register.add_area(session, code="C", name="包头市", level=Level.CITY)
    return register.add_area(session, code="G", name="第一网格", level=Level.GRID, parent=city)


def count(session: Session, table: type[Person | Household | Resident | Appointment | Quarantine | Area]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_phone_and_an_identity_number_are_sealed_and_found(session: Session) -> None:
    wang = register.add_person(session, NOW, name="王芳", phone="+86 199-0000-0001", id_number=id_number(1).lower())
    assert b"19900000001" not in (wang.phone_sealed or b"")
    assert register.phone_of(session, wang) == "19900000001"
    assert register.id_number_of(session, wang) == id_number(1)
    assert register.find_person(session, id_number=id_number(1)) is wang
    assert register.find_person(session, phone="199 0000 0001", name="王芳") is wang
    assert register.find_person(session, phone="19900000001", name="张伟") is None
    assert register.find_person(session, phone="19900000001") is None


def test_a_person_is_added_once(session: Session) -> None:
    wang = register.add_person(session, NOW, name="王芳", phone="19900000001")
    sealed = wang.phone_sealed
    same = register.add_person(session, NOW, name="王芳", phone="19900000001", id_number=id_number(1), sex="女")
    assert same is wang
    assert (same.sex, same.phone_sealed) == ("女", sealed)
    assert register.add_person(session, NOW, name="王小芳", id_number=id_number(1)) is wang
    assert wang.name == "王小芳"
    assert count(session, Person) == 1


def test_one_phone_and_name_with_another_identity_number_is_somebody_else(session: Session) -> None:
    first = register.add_person(session, NOW, name="王芳", phone="19900000001", id_number=id_number(1))
    second = register.add_person(session, NOW, name="王芳", phone="19900000001", id_number=id_number(2))
    assert first is not second


def test_nobody_has_no_phone(session: Session) -> None:
    person = register.add_person(session, NOW, name="王芳")
    assert register.phone_of(session, person) is None
    assert register.id_number_of(session, person) is None


def test_an_area_is_hung_once_and_renamed(session: Session, grid: Area) -> None:
    city = session.scalars(select(Area).where(Area.code == "C")).one()
    again = register.add_area(session, code="G", name="一网格", level=Level.GRID, parent=city)
    assert again is grid
    assert (grid.name, grid.path) == ("一网格", f"/{city.id}/{grid.id}/")
    assert count(session, Area) == 2


def test_an_area_hangs_under_a_higher_one_only(session: Session, grid: Area) -> None:
    with pytest.raises(NotAllowedError):
        register.add_area(session, code="K", name="社区", level=Level.COMMUNITY, parent=grid)
    with pytest.raises(NotAllowedError):
        register.add_area(session, code="G", name="网格", level=Level.BUILDING)


def test_a_moved_area_takes_everything_below_it_along(session: Session, grid: Area) -> None:
    building = register.add_area(session, code="B", name="楼", level=Level.BUILDING, parent=grid)
    community = register.add_area(session, code="K", name="社区", level=Level.COMMUNITY)
    register.add_area(session, code="G", name="第一网格", level=Level.GRID, parent=community)
    assert grid.path == f"/{community.id}/{grid.id}/"
    assert building.path == f"/{community.id}/{grid.id}/{building.id}/"


def test_a_household_stands_in_a_grid(session: Session, grid: Area) -> None:
    unit = register.add_area(session, code="U", name="单元", level=Level.UNIT, parent=grid)
    home = register.household_at(session, unit, "301")
    assert register.household_at(session, unit, "301") is home
    assert (home.area_id, home.grid_id) == (unit.id, grid.id)
    assert register.grid_of(session, grid) is grid
    with pytest.raises(NoGridError):
        register.household_at(session, session.get_one(Area, grid.parent_id), "1")


def test_a_resident_lives_in_one_place_and_takes_the_quarantine_along(session: Session, grid: Area) -> None:
    person = register.add_person(session, NOW, name="王芳")
    old, new = (register.household_at(session, grid, room) for room in ("1", "2"))
    resident = register.add_resident(session, NOW, person=person, household=old, relation="户主", tags=["孕产妇"])
    stay = register.quarantine(session, NOW, person=person, household=old, first_day=date(2020, 2, 1))
    assert register.add_resident(session, NOW, person=person, household=old) is resident
    assert register.add_resident(session, NOW, person=person, household=new) is resident
    assert (resident.household_id, resident.relation, resident.tags) == (new.id, "户主", ["孕产妇"])
    assert stay.household_id == new.id
    assert (count(session, Resident), count(session, Household)) == (1, 2)


def test_an_appointment_is_made_once_at_the_level_of_the_role(session: Session, grid: Area) -> None:
    person = register.add_person(session, NOW, name="李娜")
    first = register.appoint(session, NOW, person=person, role=Role.GRID_WORKER, area=grid)
    assert register.appoint(session, NOW, person=person, role=Role.GRID_WORKER, area=grid) is first
    with pytest.raises(NotAllowedError):
        register.appoint(session, NOW, person=person, role=Role.CITY, area=grid)
    with pytest.raises(NotAllowedError):
        register.appoint(session, NOW, person=person, role=Role.RESIDENT, area=grid)
    first.until = NOW
    later = NOW + timedelta(days=1)
    again = register.appoint(session, later, person=person, role=Role.GRID_WORKER, area=grid)
    assert (again.id, again.since, again.until) == (first.id, later, None)


def test_a_quarantine_is_put_down_once_by_local_dates(session: Session, grid: Area) -> None:
    person = register.add_person(session, NOW, name="王芳")
    home = register.household_at(session, grid, "1")

    def put_down(first_day: date, days: int = 14, reason: str = "") -> Quarantine:
        return register.quarantine(
            session, late, person=person, household=home, first_day=first_day, days=days, reason=reason
        )

    late = NOW.replace(hour=17)  # 01:00 on the 11th in Baotou
    stay = put_down(date(2020, 2, 11), reason="返乡")
    assert stay.status is QuarantineStatus.ACTIVE
    assert stay.last_day == date(2020, 2, 24)
    assert put_down(date(2020, 2, 11)) is stay
    assert stay.reason == "返乡"
    assert put_down(date(2020, 2, 12)) is stay
    assert (stay.status, stay.last_day) == (QuarantineStatus.PLANNED, date(2020, 2, 25))
    assert put_down(date(2020, 3, 12)) is not stay
    assert count(session, Quarantine) == 2
