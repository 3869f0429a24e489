"""The list for the doors as a file: a sheet for each community, or a file for each when that would be too long."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Export, Household, Notice
from models.db import Database
from rules.roles import Level
from services import register, unread_book
from services.unread_book import owe_books, sheet_name
from tests.harness import BOT, DAY, local, raise_the_house

NINE = local(DAY, "09:00")


def settle(session: Session) -> tuple[int, int, int]:
    """Two communities of one street with two grids; the numbers of the notice, the street and the chat."""
    raise_the_house(session, NINE)
    street = session.scalars(select(Area).where(Area.code == "S1")).one()
    second = register.add_area(session, code="V2", name="东河", level=Level.COMMUNITY, parent=street)
    register.add_area(session, code="G3", name="第三网格", level=Level.GRID, parent=second)
    author = register.add_person(session, NINE, name="钱街道")
    account = Account(bot=BOT, address="1", person_id=author.id, created_at=NINE)
    notice = Notice(author_id=author.id, area_id=street.id, body="停水", created_at=NINE)
    session.add_all([account, notice])
    session.flush()
    return notice.id, street.id, account.id


def owed(session: Session, numbers: tuple[int, int, int], doors: int) -> list[str]:
    """The areas whose lists are owed when the street has so many doors."""
    notice, street = session.get_one(Notice, numbers[0]), session.get_one(Area, numbers[1])
    account = session.get_one(Account, numbers[2])
    grid = session.scalars(select(Area).where(Area.code == "G1")).one()
    rows = [Household(area_id=grid.id, grid_id=grid.id, room=str(one)) for one in range(doors)]
    session.add_all(rows)
    session.flush()
    made = owe_books(session, NINE, account, account.person_id or 0, notice, street)
    assert {one.notice_id for one in made} == {notice.id}
    names = [session.get_one(Area, one.area_id).name for one in made]
    session.query(Export).delete()
    for one in rows:
        session.delete(one)
    return names


def test_of_a_few_thousand_doors_one_file_and_of_more_one_a_community(database: Database) -> None:
    numbers = database.apply(settle)
    assert database.apply(owed, numbers, 3) == ["昆河镇"]
    assert database.apply(owed, numbers, unread_book.MOST_DOORS + 1) == ["西河楞", "东河"]


def test_a_sheet_has_a_name_that_a_spreadsheet_takes_and_of_its_own() -> None:
    taken: set[str] = set()
    assert sheet_name("西河楞", taken) == "西河楞"
    assert sheet_name("西河楞", taken) == "西河楞 2"
    assert sheet_name("[一]/二:三*四?", taken) == "一  二 三 四"
    assert sheet_name("'", taken) == "-"
    assert len(sheet_name("很" * 50, taken)) == 31
    assert len(sheet_name("很" * 50, taken)) == 31
