"""A bad night: a community that says nothing, fevers among it, and half of those who should be told cannot be.

Everybody was put down in the afternoon, is asked in the evening, and is silent until the noon after. Some have a
fever and say so, most of them at night. Of the workers and heads of the grids half are off in one of five ways.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import cycle
from random import Random

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.simulate.city import Plan
from bot.simulate.crowd import Crowd
from bot.simulate.families import Family
from bot.simulate.habits import Habits
from models import Account, Appointment
from models.db import Database
from rules.duty import AT_THE_DOORS

FEVERS = 40
GRIDS, LEAST = 20, 5
"""A community's grids, and the fewest households of one: what is smaller has fewer grids."""
PUT_DOWN_AT = time(17, 0)
BEGINS, ENDS = timedelta(hours=2), timedelta(hours=10)
"""After everybody was put down: when the first fever is said, and the last; from 19:00 to 03:00."""
OVER = timedelta(hours=19, minutes=30)
"""The same: when it is looked at what came of it. Half past twelve: the morning's silence has been told as well."""
SILENT = replace(Habits(), answers=1e-9, falls_ill=0.0, blocks=0.0, never_works=0.0)


class Off(StrEnum):
    """Why somebody who should be told of an alarm does nothing about it."""

    BLOCKED = "blocked"
    """The messenger has said so."""
    LOST = "lost"
    """Blocked, and nobody knows yet."""
    NO_ACCOUNT = "no_account"
    OFF_DUTY = "off_duty"
    PHONE_AWAY = "phone_away"
    """It is told, and never answers."""


@dataclass(frozen=True, slots=True)
class Night:
    """Who is off, by person, and when whose fever is said."""

    off: dict[int, Off]
    fevers: dict[int, datetime]
    over_at: datetime


def plan_of_a_night(households: int, day: date, seed: int) -> Plan:
    """One community of so many households."""
    per_grid = max(LEAST, -(-households // GRIDS))
    return Plan(households, day, per_grid=per_grid, seed=seed, put_down_at=PUT_DOWN_AT, one_community=True)


def fall(database: Database, plan: Plan, crowd: Crowd, fevers: int) -> Night:
    """Night falls over a city that was put down and nothing has happened in yet."""
    random = Random(f"{plan.seed}:night")
    off = database.apply(_lay_off, random, plan.before)
    for official in crowd.officials:
        why = off.get(int(official.chat.chat))
        official.blocked = why in {Off.BLOCKED, Off.LOST}
        if why is Off.PHONE_AWAY:
            official.puts_the_phone_away()
    return Night(off, _fevers(plan, crowd.families, fevers, random), plan.before + OVER)


def _lay_off(session: Session, random: Random, now: datetime) -> dict[int, Off]:
    """Half of the workers, and half of the heads."""
    off: dict[int, Off] = {}
    for role in AT_THE_DOORS:
        people = list(session.scalars(select(Appointment.person_id).where(Appointment.role == role)))
        chosen = random.sample(people, len(people) // 2)
        off |= dict(zip(chosen, cycle(random.sample(list(Off), len(Off))), strict=False))
    those = {why: [person for person, one in off.items() if one is why] for why in Off}
    blocked = update(Account).where(Account.person_id.in_(those[Off.BLOCKED]))
    session.execute(blocked.values(reachable=False, why_unreachable="blocked", unreachable_since=now))
    session.execute(delete(Account).where(Account.person_id.in_(those[Off.NO_ACCOUNT])))
    resting = update(Appointment).where(Appointment.person_id.in_(those[Off.OFF_DUTY]))
    session.execute(resting.values(on_duty=False))
    return off


def _fevers(plan: Plan, families: Sequence[Family], count: int, random: Random) -> dict[int, datetime]:
    night: dict[int, datetime] = {}
    for family in random.sample(families, min(count, len(families))):
        person, _ = random.choice(family.home.members)
        at = plan.before + random.uniform(0, 1) * (ENDS - BEGINS) + BEGINS
        family.has_a_fever(person, at)
        night[person] = at
    return night
