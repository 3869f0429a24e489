"""What moves and what stands still: written down by every process, and told to the operators, once each way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Account, Appointment, Heartbeat
from models.db import insert_into
from rules.heartbeats import Beat, Watch, goes_on, stands_still
from rules.mail import Priority
from rules.roles import Role
from services.accounts import reachable_accounts
from services.mailbox import say
from services.policy import default_policy
from services.staff import in_force
from services.words import Value


@dataclass(slots=True)
class Noted:
    """What moved in one process since it was last written down, and what was found waiting."""

    beats: dict[str, datetime] = field(default_factory=dict)
    waits: dict[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found."""

    beats: Mapping[str, Beat] = field(default_factory=dict)
    still: Sequence[str] = ()
    """The parts that stand still."""
    stopped: Sequence[str] = ()
    """Those of which the operators were told just now."""
    going_on: Sequence[str] = ()
    """Those of which they were told that they go on."""


def look(session: Session, now: datetime, moment: datetime, noted: Noted, watch: Watch) -> Looked:
    """Writes down what moved, and tells the operators of what stands still and of what goes on again.

    `moment` is now by the machine's clock. However many processes look, each stoppage is told once.
    """
    note(session, noted, watch)
    beats = read(session)
    still = [part for part in sorted(beats) if stands_still(part, beats[part], watch, moment)]
    stopped = _mark(session, [part for part in still if beats[part].told_at is None], moment)
    going_on = _unmark(session, [part for part in sorted(beats) if goes_on(part, beats[part], watch)])
    if stopped:
        since = min(max(beats[part].waits_since or beats[part].at, watch.since) for part in stopped)
        _tell(session, now, "house-stands-still", stopped, since)
    if going_on:
        _tell(session, now, "house-goes-on", going_on, moment)
    return Looked(beats, still, stopped, going_on)


def note(session: Session, noted: Noted, watch: Watch) -> None:
    """Puts down what moved; a part that must move and was never heard of begins with the watch."""
    beats = [{"part": part, "at": at, "waits_since": None} for part, at in sorted(noted.beats.items())]
    waits = [{"part": part, "at": at, "waits_since": at} for part, at in sorted(noted.waits.items())]
    begun = [{"part": part, "at": watch.since} for part in sorted(watch.parts)]
    if beats:
        added = insert_into(session, Heartbeat).values(beats)
        moved = {"at": added.excluded.at, "waits_since": None}
        session.execute(
            added.on_conflict_do_update(index_elements=["part"], set_=moved, where=Heartbeat.at < added.excluded.at)
        )
    if waits:
        added = insert_into(session, Heartbeat).values(waits)
        new = Heartbeat.waits_since.is_(None) & (Heartbeat.at < added.excluded.at)
        since = {"waits_since": added.excluded.waits_since}
        session.execute(added.on_conflict_do_update(index_elements=["part"], set_=since, where=new))
    if begun:
        session.execute(insert_into(session, Heartbeat).values(begun).on_conflict_do_nothing())


def read(session: Session) -> dict[str, Beat]:
    """Every part that was ever heard of."""
    rows = session.execute(select(Heartbeat.part, Heartbeat.at, Heartbeat.waits_since, Heartbeat.told_at))
    return {part: Beat(at, waits_since, told_at) for part, at, waits_since, told_at in rows}


def _mark(session: Session, parts: Sequence[str], moment: datetime) -> list[str]:
    """Claims that a stoppage is told by this process; those that it got."""
    mine = update(Heartbeat).where(Heartbeat.part.in_(parts), Heartbeat.told_at.is_(None))
    return sorted(session.scalars(mine.values(told_at=moment).returning(Heartbeat.part))) if parts else []


def _unmark(session: Session, parts: Sequence[str]) -> list[str]:
    mine = update(Heartbeat).where(Heartbeat.part.in_(parts), Heartbeat.told_at.is_not(None))
    return sorted(session.scalars(mine.values(told_at=None).returning(Heartbeat.part))) if parts else []


def _tell(session: Session, now: datetime, key: str, parts: Iterable[str], moment: datetime) -> None:
    local = moment.astimezone(ZoneInfo(default_policy(session).timezone))
    for account in _operators(session, now):
        args: dict[str, Value] = {"parts": ", ".join(parts), "at": f"{local:%H:%M}"}
        say(session, now, account, key, args, priority=Priority.ALERT)


def _operators(session: Session, now: datetime) -> list[Account]:
    """The operators; where nobody is one, those of the city."""
    for role in (Role.OPERATOR, Role.CITY):
        people = session.scalars(select(Appointment.person_id).where(Appointment.role == role, in_force(now)))
        if found := reachable_accounts(session, set(people)):
            return [found[person] for person in sorted(found)]
    return []
