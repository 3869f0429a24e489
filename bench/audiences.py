"""Notices for whom they are meant: each composed audience of a city counted, and its notice written out.

    python -m bench notice --audiences [--recipients N] [--database URL]

Everybody of the city is in each audience in turn: a door in quarantine and one of the key people behind each door,
everybody a grid worker and a volunteer.
"""

import time

from sqlalchemy import func, insert, literal, literal_column, select, text, update
from sqlalchemy.orm import Session

from bench.crowd import NOON, analyse
from bench.verdict import judge
from models import Account, Appointment, Area, Notice, NoticeCopy, Quarantine, Resident
from models.db import Database
from models.types import UtcDateTime
from rules.audiences import Audience
from rules.quarantine import QuarantineStatus
from rules.roles import Role
from services.audiences import count_by_bot
from services.notices import publish
from services.spreading import spread

LONGEST = 1_000.0
"""Milliseconds of one part: no alert waits longer for it."""
COMPOSED = (Audience.QUARANTINED, Audience.KEY_PEOPLE, Audience.STAFF, Audience.VOLUNTEERS)


def measure(database: Database, recipients: int) -> None:
    """One audience after the other."""
    database.apply(_put_everybody_in)
    analyse(database)
    for audience in COMPOSED:
        start = time.perf_counter()
        people = database.apply(lambda session, one=audience: sum(_count(session, one)))  # type: ignore[misc]
        counted = (time.perf_counter() - start) * 1000
        start = time.perf_counter()
        number = database.apply(_publish, audience)
        first = (time.perf_counter() - start) * 1000
        parts = [first]
        while True:
            began = time.perf_counter()
            if not database.apply(spread, NOON)["left"]:
                break
            parts.append((time.perf_counter() - began) * 1000)
        took = time.perf_counter() - start
        copies = database.apply(_copies, number)
        print(
            f"{audience.value}: {people} counted in {counted:.0f} ms; confirmed in {first:.0f} ms, "
            f"{copies} copies queued in {took:.1f} s, {len(parts)} parts"
        )
        assert copies == recipients, (copies, recipients)
        judge("  its longest part", f"{max(parts):.0f} ms", f"<= {LONGEST:.0f} ms", met=max(parts) <= LONGEST)


def _count(session: Session, audience: Audience) -> list[int]:
    return list(count_by_bot(session, NOON, session.get_one(Area, 1), audience).values())


def _publish(session: Session, audience: Audience) -> int:
    head, city = session.get_one(Account, 1), session.get_one(Area, 1)
    words = "今天下午三点开会，请按时到。"
    return publish(session, NOON, author_id=1, account=head, area=city, body=words, audience=audience).id


def _copies(session: Session, number: int) -> int:
    mine = select(func.count()).select_from(NoticeCopy).where(NoticeCopy.notice_id == number)
    assert session.get_one(Notice, number).spread_at is None
    return session.scalar(mine) or 0


def _put_everybody_in(session: Session) -> None:
    """By a few statements, like the city itself."""
    first = select(Resident.household_id, func.min(Resident.person_id).label("person")).group_by(Resident.household_id)
    one = first.subquery()
    day, at = NOON.date(), literal(NOON, UtcDateTime())
    columns = ["person_id", "household_id", "first_day", "last_day", "status", "end_at", "created_at"]
    status = literal_column(f"'{QuarantineStatus.ACTIVE.value}'")
    chosen = select(one.c.person, one.c.household_id, literal(day), literal(day), status, at, at)
    fixed = {"reason": "", "origin": "", "end_step": -1, "excused_why": ""}
    chosen = chosen.add_columns(*(literal(value) for value in fixed.values()))
    session.execute(insert(Quarantine).from_select([*columns, *fixed], chosen, include_defaults=False))
    session.execute(update(Resident).where(Resident.person_id.in_(select(one.c.person))).values(tags=["独居老人"]))
    grid = text("SELECT area_id FROM households WHERE households.id = residents.household_id")
    for role in (Role.GRID_WORKER, Role.VOLUNTEER):
        where = literal_column(f"({grid.text})")
        posts = select(Resident.person_id, literal_column(f"'{role.value}'"), where, at, literal(True))
        names = ["person_id", "role", "area_id", "since", "on_duty"]
        session.execute(insert(Appointment).from_select(names, posts, include_defaults=False))
