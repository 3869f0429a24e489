"""A community is the shard of the clock's work: who has something due, and nothing done beyond it."""

from __future__ import annotations

from sqlalchemy import select

from models import Area, DeliveryTrouble, Escalation, Household, ReportRequest
from rules.escalation import Kind
from rules.ladder import Severity
from rules.roles import Level
from rules.rounds import RequestStatus
from scheduler.ticks import TICKS
from services import register
from services.climbing import go_on
from services.places import raise_at
from services.shards import communities_due
from services.troubles import open_all
from tests.harness import BOT, DAY, Town, local

TWO = {"V1": "G1", "V2": "G3"}
"""Two communities, each with a grid."""


def settle(town: Town) -> None:
    with town.database.transaction() as session:
        street = session.scalars(select(Area).where(Area.code == "S1")).one()
        other = register.add_area(session, code="V2", name="东河", level=Level.COMMUNITY, parent=street)
        register.add_area(session, code="G3", name="第三网格", level=Level.GRID, parent=other)
    for grid in TWO.values():
        town.houses("1号", [("甲", "户主"), ("乙", "子")], code=grid)


def due(town: Town, clock: str) -> list[str]:
    now = local(DAY, clock)
    return town.read(lambda session: communities_due(session, now))


def work_in(town: Town, code: str, clock: str) -> None:
    """Every tick that goes by community, until nothing is left there."""
    path, now = town.area(code).path, local(DAY, clock)
    while any(any(town.database.apply(one.work, now, path).values()) for one in TICKS if one.shards):
        pass


def statuses(town: Town) -> dict[str, RequestStatus]:
    question = select(Area.code, ReportRequest.status).join(Area, Area.id == ReportRequest.grid_id)
    return town.read(lambda session: {row.code: row.status for row in session.execute(question)})


async def test_each_community_is_worked_through_by_itself(empty_town: Town) -> None:
    settle(empty_town)
    both = sorted(empty_town.area(code).path for code in TWO)
    assert due(empty_town, "07:59") == []

    assert due(empty_town, "08:00") == both
    work_in(empty_town, "V1", "08:00")
    assert set(statuses(empty_town)) == {"G1"}
    assert due(empty_town, "08:00") == [empty_town.area("V2").path]
    work_in(empty_town, "V2", "08:00")
    assert set(statuses(empty_town)) == {"G1", "G3"}
    assert due(empty_town, "08:00") == []


async def test_reminders_closing_and_alarms_stay_within_their_community(empty_town: Town) -> None:
    settle(empty_town)
    for code, grid in TWO.items():
        work_in(empty_town, code, "08:00")
        with empty_town.database.transaction() as session:
            for one in session.scalars(select(ReportRequest).join(Area, Area.id == ReportRequest.grid_id)):
                one.status, one.asked_at = RequestStatus.DUE, local(DAY, "08:00")
            for alarm in session.scalars(select(Escalation)):
                alarm.next_at = local(DAY, "23:00")
        assert grid in statuses(empty_town)

    assert len(due(empty_town, "10:00")) == 2
    work_in(empty_town, "V1", "10:00")
    assert due(empty_town, "10:00") == [empty_town.area("V2").path]
    work_in(empty_town, "V2", "10:00")

    work_in(empty_town, "V2", "12:00")
    assert statuses(empty_town) == {"G1": RequestStatus.DUE, "G3": RequestStatus.MISSED}
    assert due(empty_town, "12:00") == [empty_town.area("V1").path]


async def test_a_grid_that_lies_in_no_community_is_a_shard_of_its_own(empty_town: Town) -> None:
    with empty_town.database.transaction() as session:
        city = session.scalars(select(Area).where(Area.code == "C")).one()
        register.add_area(session, code="G9", name="直属网格", level=Level.GRID, parent=city)
    empty_town.houses("1号", [("甲", "户主")], code="G9")
    assert due(empty_town, "08:00") == [empty_town.area("G9").path]
    work_in(empty_town, "G9", "08:00")
    assert due(empty_town, "08:00") == []
    assert empty_town.read(lambda session: session.scalars(select(Household.room)).all()) == ["1号"]


async def test_what_is_about_more_than_a_community_is_a_shard_without_the_communities_in_it(empty_town: Town) -> None:
    settle(empty_town)
    early = local(DAY, "07:00")
    empty_town.database.apply(open_all, early, [DeliveryTrouble(bot=BOT, since=early, opened_at=early)])
    grid = empty_town.area(TWO["V1"]).id
    with empty_town.database.transaction() as session:
        raise_at(session, early, Kind.NO_ONE_ON_DUTY, Severity.ROUTINE, grid)
    city = empty_town.area("C").path
    assert due(empty_town, "07:59") == sorted([empty_town.area("V1").path, f"{city}."])
    empty_town.database.apply(go_on, local(DAY, "07:59"), f"{city}.")
    assert due(empty_town, "07:59") == [empty_town.area("V1").path]
