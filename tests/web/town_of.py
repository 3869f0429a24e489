"""Whole cities made of random records, as large as wanted: for sums and for speed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models import Area, Escalation, Household, Person, Quarantine, ReportRequest
from rules.escalation import Kind, State
from rules.ladder import Severity
from rules.quarantine import QuarantineStatus
from rules.roles import Level
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, local

NAMES = {
    Level.CITY: "市",
    Level.DISTRICT: "区",
    Level.STREET: "街道",
    Level.COMMUNITY: "社区",
    Level.GRID: "网格",
}
STATES = (*[State.CLOSED] * 3, State.OPEN, State.TAKEN)
STATUSES = (*[RequestStatus.REPORTED] * 14, *[RequestStatus.DUE] * 4, *RequestStatus)


def build_city(session: Session, random: Random, sizes: dict[Level, int], per_grid: int) -> None:
    """`sizes`: how many areas of each level in all; `per_grid`: the most households in quarantine in a grid."""
    above: list[Area] = []
    for level, count in sizes.items():
        areas = [
            Area(code=f"{level.value}-{n}", name=f"第{n + 1}{NAMES[level]}", level=level, path="") for n in range(count)
        ]
        session.add_all(areas)
        session.flush()
        for number, area in enumerate(areas):
            parent = above[number * len(above) // count] if above else None
            area.parent_id = parent.id if parent else None
            area.path = f"{parent.path if parent else '/'}{area.id}/"
        session.flush()
        above = areas
    _fill(session, random, [area.id for area in above], per_grid)


def _fill(session: Session, random: Random, grids: list[int], per_grid: int) -> None:
    doors = [
        {"area_id": grid, "grid_id": grid, "room": f"{n}号"}
        for grid in grids
        for n in range(random.randint(0, per_grid))
    ]
    if not doors:
        return
    session.execute(insert(Household), doors)
    homes = [(home.id, home.grid_id) for home in session.execute(select(Household.id, Household.grid_id))]
    crowd = [(home, grid) for home, grid in homes for _ in range(random.randint(1, 4))]
    session.execute(insert(Person), [{"name": "居民", "sex": "", "created_at": local(DAY, "07:00")} for _ in crowd])
    people = list(session.scalars(select(Person.id).order_by(Person.id)))
    placed = [(person, home, grid) for person, (home, grid) in zip(people, crowd, strict=True)]
    session.execute(insert(Quarantine), [_quarantine(random, person, home) for person, home, _ in placed])
    session.execute(insert(ReportRequest), list(_requests(random, homes)))
    alarms = [_alarm(random, person, home, grid) for person, home, grid in placed if random.random() < 0.1]
    if alarms:
        session.execute(insert(Escalation), alarms)


def _quarantine(random: Random, person: int, home: int) -> dict[str, Any]:
    first = DAY - timedelta(days=random.randint(-1, 14))
    ended = random.choice([None, None, None, None, local(DAY, "09:00"), local(DAY + timedelta(days=1), "00:05")])
    return {
        "person_id": person,
        "household_id": home,
        "first_day": first,
        "last_day": first + timedelta(days=13),
        "reason": "",
        "origin": "",
        "status": QuarantineStatus.ENDED if ended else QuarantineStatus.ACTIVE,
        "created_at": local(DAY, "07:00"),
        "ended_at": ended,
    }


def _requests(random: Random, homes: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    slots: list[tuple[date, Half]] = [
        (DAY - timedelta(days=1), Half.EVENING),
        (DAY, Half.MORNING),
        *([(DAY, Half.EVENING)] if random.random() < 0.5 else []),
    ]
    for day, half in slots:
        for home, grid in homes:
            opens = local(day, "08:00" if half is Half.MORNING else "18:00")
            yield {
                "household_id": home,
                "grid_id": grid,
                "day": day,
                "half": half,
                "status": random.choice(STATUSES),
                "why": "",
                "opens_at": opens,
                "miss_at": opens + timedelta(hours=4),
            }


def _alarm(random: Random, person: int, home: int, grid: int) -> dict[str, Any]:
    opened: datetime = local(DAY, "12:00") - timedelta(hours=random.choice([1, 3, 11, 13, 30]))
    return {
        "kind": random.choice(list(Kind)),
        "severity": random.choice(list(Severity)),
        "state": random.choice(STATES),
        "household_id": home,
        "person_id": person,
        "grid_id": grid,
        "chain": [],
        "opened_at": opened,
        "step": 0,
        "note": "",
    }
