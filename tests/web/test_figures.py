"""The figures: grouped queries and sums up the tree against the records counted one by one."""

from __future__ import annotations

from datetime import time, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Escalation, Household, Quarantine, ReportRequest
from models.db import Database
from rules.escalation import Kind, State
from rules.ladder import Severity
from rules.roles import Level
from rules.rounds import Half, RequestStatus
from rules.times import at_local
from services.figures import Figures, SlotFigures, figures, figures_by_area
from tests.contracts.counting import counted
from tests.harness import DAY, ZONE
from tests.web.town_of import build_city

SINCE = at_local(DAY, time(0), ZONE.key)
SMALL = {Level.CITY: 1, Level.DISTRICT: 2, Level.STREET: 3, Level.COMMUNITY: 5, Level.GRID: 12}
WITHOUT_CITY_OR_STREETS = {Level.DISTRICT: 2, Level.COMMUNITY: 4, Level.GRID: 7}
HAMLET = {Level.COMMUNITY: 1, Level.GRID: 1}
NOBODY = {Level.CITY: 1, Level.GRID: 3}


def recounted(session: Session, path: str) -> Figures:
    """The same figures by looking at every record below `path`."""
    grids = {one.id for one in session.scalars(select(Area)) if one.path.startswith(path)}
    homes = {one.id for one in session.scalars(select(Household)) if one.grid_id in grids}
    tomorrow = SINCE + timedelta(days=1)
    held = [
        one
        for one in session.scalars(select(Quarantine))
        if one.household_id in homes
        and one.first_day <= DAY <= one.last_day
        and (one.ended_at is None or one.ended_at >= tomorrow)
    ]
    alarms = [one for one in session.scalars(select(Escalation)) if one.grid_id in grids]
    unfinished = [one for one in alarms if one.state is not State.CLOSED]
    waiting = [one.opened_at for one in alarms if one.state is State.OPEN]
    fevers = [
        one
        for one in alarms
        if one.kind is Kind.ABNORMAL
        and one.severity is not Severity.ROUTINE
        and (one.opened_at >= SINCE or one in unfinished)
    ]
    asked = [one for one in session.scalars(select(ReportRequest)) if one.grid_id in grids and one.day == DAY]
    return Figures(
        DAY,
        households=len({one.household_id for one in held}),
        people=len({one.person_id for one in held}),
        slots=tuple(_slot([one.status for one in asked if one.half is half], half) for half in Half),
        fevers=len(fevers),
        clusters=sum(one.kind is Kind.CLUSTER for one in unfinished),
        breaches=sum(one.kind is Kind.BREACH for one in unfinished),
        repeated=sum(one.kind is Kind.REPEATED for one in unfinished),
        waiting=len(waiting),
        taken=len(unfinished) - len(waiting),
        oldest=min((one.opened_at for one in unfinished), default=None),
        oldest_waiting=min(waiting, default=None),
    )


def _slot(statuses: list[RequestStatus], half: Half) -> SlotFigures:
    return SlotFigures(half, len(statuses), **{one.value: statuses.count(one) for one in RequestStatus})


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("sizes", [SMALL, WITHOUT_CITY_OR_STREETS, HAMLET, NOBODY], ids=str)
def test_every_area_has_the_sum_of_the_records_below_it(empty: Database, sizes: dict[Level, int], seed: int) -> None:
    empty.apply(build_city, Random(seed), sizes, 0 if sizes is NOBODY else 4)
    with empty.transaction() as session:
        areas = figures_by_area(session, DAY, SINCE)
        assert len(areas) == sum(sizes.values())
        for one in areas:
            assert one.figures == recounted(session, one.path), one.code
            assert one.figures == figures(session, DAY, SINCE, [one.path])
            assert one.figures.empty == (one.figures == Figures(DAY))


def test_several_parts_of_the_tree_are_counted_once_though_they_overlap(empty: Database) -> None:
    empty.apply(build_city, Random(1), SMALL, 5)
    with empty.transaction() as session:
        city, first, *_ = figures_by_area(session, DAY, SINCE)
        assert figures(session, DAY, SINCE, [city.path, first.path]) == city.figures
        assert figures(session, DAY, SINCE, []) == Figures(DAY)


def test_areas_come_as_in_the_register_each_before_what_lies_in_it(empty: Database) -> None:
    empty.apply(build_city, Random(1), SMALL | {Level.GRID: 120}, 1)
    with empty.transaction() as session:
        paths = [one.path for one in figures_by_area(session, DAY, SINCE)]
    above: list[str] = []
    last: dict[str, int] = {}
    for path in paths:
        parent, own = path[: path.rstrip("/").rindex("/") + 1], int(path.strip("/").split("/")[-1])
        assert parent == "/" or parent in above
        assert own > last.get(parent, 0)
        last[parent] = own
        above.append(path)


def test_a_city_costs_four_queries_whatever_its_size(empty: Database) -> None:
    empty.apply(build_city, Random(1), SMALL, 3)
    with empty.transaction() as session:
        session.connection()  # it has begun
        with counted(empty) as asked:
            figures_by_area(session, DAY, SINCE)
        assert len(asked) == 4
        with counted(empty) as asked:
            figures(session, DAY, SINCE, ["/"])
        assert len(asked) == 3


@pytest.mark.parametrize(
    ("slot", "percent"),
    [
        (SlotFigures(Half.MORNING), 0),
        (SlotFigures(Half.MORNING, asked=3, excused=3), 0),
        (SlotFigures(Half.MORNING, asked=1000, reported=998, late=1, due=1), 99),
        (SlotFigures(Half.MORNING, asked=1000, reported=900, late=90, excused=10), 100),
    ],
)
def test_a_hundred_percent_means_everybody_who_owes_an_answer(slot: SlotFigures, percent: int) -> None:
    assert slot.percent == percent
