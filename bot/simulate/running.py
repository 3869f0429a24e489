"""A simulation from its options to its report."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import event, exists, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.demo.promises import Promise
from bot.simulate.city import Plan
from bot.simulate.costs import Costs
from bot.simulate.figures import Figures, figures
from bot.simulate.habits import Habits
from bot.simulate.night import SILENT, fall
from bot.simulate.night_promises import check_night, figures_of_night
from bot.simulate.play import Play, Played
from bot.simulate.promises import check
from bot.simulate.showing import MOST_BROKEN
from models import Area
from models.db import Database
from models.migrate import upgrade
from models.vault import Vault
from rules.policy import Policy

FIRST_DAY = date(2020, 2, 10)
PER_GRID = 25
"""Households in quarantine in a grid of 250: one in ten."""
RATE = 30.0
"""Messages a second and bot: Telegram's."""


class NotEmptyError(Exception):
    """There are records in this database already."""


def plan_of(households: int, days: int, bots: int, seed: int) -> Plan:
    """A city whose households are all in quarantine for so many days."""
    names = tuple(f"bot{number}" for number in range(1, bots + 1))
    return Plan(households, FIRST_DAY, bots=names, per_grid=PER_GRID, days=days, seed=seed)


def open_empty(url: str, *, lasting: bool) -> Database:
    """A migrated database without records; one that is not `lasting` does not wait for the disk.

    Raises `NotEmptyError`.
    """
    database = Database(url, Vault(b"a key for invented people"), Policy())
    if database.is_sqlite and not lasting:
        event.listen(database.engine, "connect", never_wait)
    upgrade(database.engine)
    if database.apply(_has_records):
        database.close()
        raise NotEmptyError("there are records in it already")
    return database


def never_wait(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """A connection to SQLite from here on leaves writing to the disk to the system: a listener of "connect"."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def _has_records(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(Area.id.is_not(None)))))


def simulate(
    database: Database, plan: Plan, step: timedelta, progress: Callable[[datetime], None], habits: Habits | None = None
) -> dict[str, Any]:
    """Plays it, and returns the report: figures, promises, costs."""
    costs = Costs.now(database)
    played = asyncio.run(Play(database, plan, habits or Habits(), step, RATE).play(progress))
    spent = costs.since(database, played.people_seconds)
    return report_of(database, played) | {"costs": spent}


def simulate_night(
    database: Database, plan: Plan, fevers: int, step: timedelta, progress: Callable[[datetime], None]
) -> Figures:
    """Plays a bad night, and returns its report."""
    costs = Costs.now(database)
    play = Play(database, plan, SILENT, step, RATE)
    night = fall(database, plan, play.crowd, fevers)
    played = asyncio.run(play.play_until(night.over_at, progress))
    spent = costs.since(database, played.people_seconds)
    report = database.apply(figures, played) | {"night": database.apply(figures_of_night, night)}
    return report | {"promises": _shown(database.apply(check_night, night)), "costs": spent}


def report_of(database: Database, played: Played) -> Figures:
    """The figures and the promises as the records stand now."""
    report = database.apply(figures, played)
    report["promises"] = _shown(database.apply(check, played.crowd.ledger))
    return report


def _shown(promises: Sequence[Promise]) -> list[Figures]:
    return [
        {"name": one.name, "broken": len(one.broken), "examples": list(one.broken[:MOST_BROKEN])} for one in promises
    ]


def is_kept(report: Figures) -> bool:
    """Whether every promise was kept."""
    return not any(promise["broken"] for promise in report["promises"])
