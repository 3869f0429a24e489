"""The briefs of a city, on both databases: counted as one would by hand, put down once, planned for every area."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from bot.simulate.filling import fill
from models import Area, Brief, BriefTurn, Escalation, EscalationEvent, OutboxMessage, ReportRequest
from models.db import Database
from models.vault import Vault
from rules.briefs import BriefFigures
from rules.escalation import Event, State
from rules.policy import Policy
from rules.roles import Level
from rules.rounds import Half, RequestStatus, slot
from rules.times import at_local
from services import register
from services.briefs import tell_briefs
from tests.contracts.counting import counted
from tests.harness import DAY, ZONE, local

EVENING = local(DAY, "20:00")
HOMES, GRIDS = 120, 6


@pytest.fixture
def city(new_database: Callable[[], str]) -> Iterator[Database]:
    database = Database(new_database(), Vault(b"a key for the tests"), Policy())
    build(database, Plan(HOMES, DAY, per_grid=HOMES // GRIDS))
    database.apply(_a_day)
    yield database
    database.close()


def _a_day(session: Session) -> None:
    grids = session.scalars(select(Area.id).where(Area.level == Level.GRID).order_by(Area.id)).all()
    places = {home: grids[(home - 1) * GRIDS // HOMES] for home in range(1, HOMES + 1)}
    fill(session, ReportRequest, [_asked(home, grid, half) for home, grid in places.items() for half in Half])
    silent = [home for home in places if home % 3 == 0]
    fill(session, Escalation, [_alarm(number, home, places[home]) for number, home in enumerate(silent, 1)])
    taken = [number for number in range(1, len(silent) + 1) if number % 4]
    fill(session, EscalationEvent, [_taken(number, again) for number in taken for again in (0, 1)])


def _asked(home: int, grid: int, half: Half) -> dict[str, object]:
    states = (RequestStatus.REPORTED, RequestStatus.LATE, RequestStatus.MISSED, RequestStatus.EXCUSED)
    one, status = slot(DAY, half, Policy()), states[home % 4]
    row = {"household_id": home, "grid_id": grid, "day": DAY, "half": half.value, "status": status.value}
    return {**row, "opens_at": one.opens_at, "miss_at": one.miss_at}


def _opened(number: int) -> datetime:
    # One in five is of the day before.
    return local(DAY, "12:00") - timedelta(days=number % 5 == 0) + timedelta(seconds=number)


def _alarm(number: int, home: int, grid: int) -> dict[str, object]:
    state = list(State)[number % 3]
    kind, severity = ("abnormal", "urgent") if number % 2 else ("missed", "routine")
    row: dict[str, object] = {
        "id": number,
        "household_id": home,
        "grid_id": grid,
        "state": state.value,
        "chain": [],
        "step": 0,
    }
    person = home if number % 2 and state is not State.CLOSED else None
    return {**row, "kind": kind, "severity": severity, "opened_at": _opened(number), "person_id": person}


def _taken(number: int, again: int) -> dict[str, object]:
    at = _opened(number) + timedelta(seconds=number * 7, hours=again)
    return {"escalation_id": number, "event": "taken", "at": at}


def _by_hand(session: Session) -> BriefFigures:
    requests = session.scalars(select(ReportRequest)).all()
    alarms = session.scalars(select(Escalation)).all()
    today = [one for one in alarms if one.opened_at >= at_local(DAY, time(0), str(ZONE))]
    unfinished = [one for one in alarms if one.state is not State.CLOSED]
    firsts = {
        number: session.scalars(
            select(func.min(EscalationEvent.at)).where(
                EscalationEvent.escalation_id == number, EscalationEvent.event == Event.TAKEN
            )
        ).one()
        for number in (one.id for one in today)
    }
    took = [(firsts[one.id] - one.opened_at).total_seconds() for one in today if firsts[one.id]]

    def of(*states: RequestStatus) -> int:
        return sum(one.status in states for one in requests)

    return BriefFigures(
        asked=len(requests) - of(RequestStatus.EXCUSED),
        answered=of(RequestStatus.REPORTED, RequestStatus.LATE),
        missed=of(RequestStatus.MISSED),
        abnormal=len({one.person_id for one in today if one.person_id}),
        open=len(unfinished),
        waiting=sum(one.state is State.OPEN for one in unfinished),
        oldest=min(one.opened_at for one in unfinished).timestamp(),
        fastest=min(took),
        slowest=max(took),
    )


def _tell(city: Database, now: datetime) -> tuple[dict[str, int], int]:
    with counted(city) as asked:
        counts = city.apply(tell_briefs, now)
    return counts, len(asked)


def test_a_city_is_counted_as_by_hand_and_told_once(city: Database) -> None:
    city.apply(tell_briefs, EVENING - timedelta(hours=1))
    counts, _ = _tell(city, EVENING)
    areas = city.apply(lambda session: session.scalar(select(func.count()).select_from(Area)))
    assert counts["briefs"] == areas
    assert counts["told"] == city.apply(lambda session: session.scalar(select(func.count()).select_from(OutboxMessage)))
    found, expected = city.apply(lambda session: (_of(session, Level.CITY), [_by_hand(session)]))
    assert found == expected
    for level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID):
        parts = city.apply(_of, level)
        assert sum(one.asked for one in parts) == expected[0].asked
        assert max(one.slowest or 0 for one in parts) == expected[0].slowest
    again, _ = _tell(city, EVENING + timedelta(minutes=1))
    assert (again["briefs"], again["told"]) == (0, 0)
    city.apply(_owe_again)
    again, _ = _tell(city, EVENING + timedelta(minutes=2))
    assert (again["briefs"], again["told"]) == (0, 0)


def _of(session: Session, level: Level) -> list[BriefFigures]:
    rows = session.execute(select(Brief.figures).join(Area, Area.id == Brief.area_id).where(Area.level == level))
    return [BriefFigures.read(figures) for (figures,) in rows]


def _owe_again(session: Session) -> None:
    """As if the hour had been moved to a later one on the same day."""
    for turn in session.scalars(select(BriefTurn)):
        turn.next_at = EVENING + timedelta(minutes=1)


def test_when_nothing_is_due_two_short_questions_are_asked(city: Database) -> None:
    city.apply(tell_briefs, EVENING - timedelta(hours=2))
    counts, asked = _tell(city, EVENING - timedelta(hours=1))
    assert counts == {"planned": 0, "briefs": 0, "told": 0, "late": 0, "left": 0}
    assert asked <= 4


def test_what_was_owed_for_longer_than_half_a_day_is_not_told(city: Database) -> None:
    city.apply(tell_briefs, EVENING - timedelta(hours=1))
    counts, _ = _tell(city, EVENING + timedelta(hours=13))
    assert counts["briefs"] == counts["told"] == 0
    assert counts["late"] > 0
    counts, _ = _tell(city, EVENING + timedelta(days=1))
    assert counts["late"] == 0


def test_an_area_put_down_later_has_its_turn(city: Database) -> None:
    city.apply(tell_briefs, EVENING - timedelta(hours=2))
    city.apply(_one_more)
    counts, _ = _tell(city, EVENING - timedelta(hours=1))
    assert counts["planned"] == 1


def _one_more(session: Session) -> None:
    above = session.scalars(select(Area).where(Area.level == Level.COMMUNITY)).first()
    register.add_area(session, code="one more", name="新网格", level=Level.GRID, parent=above)
