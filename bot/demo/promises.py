"""What a day promises, checked in the records: everyone asked, every answer stored, every silence and fever in hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models import (
    Asked,
    Escalation,
    OutboxMessage,
    Person,
    Quarantine,
    RejectedUpdate,
    ReportRequest,
    TemperatureReading,
)
from rules.escalation import State
from rules.mail import MailState
from rules.rounds import Half, RequestStatus
from services.policy import default_policy


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, and what broke it (empty: kept)."""

    name: str
    broken: tuple[str, ...]


def check(session: Session, day: date, said: Sequence[tuple[str, float]]) -> list[Promise]:
    """Every promise of a local date; `said` are the temperatures that people typed, as (name, °C)."""
    return [
        Promise("everyone asked", tuple(_not_asked(session, day))),
        Promise("every answer stored", tuple(_not_stored(session, said))),
        Promise("every silence in somebody's hands", tuple(_silences(session, day))),
        Promise("every fever in somebody's hands", tuple(_fevers(session))),
        Promise("nothing lost on the way", tuple(_lost(session))),
        Promise("nothing sent twice", tuple(_twice(session))),
    ]


def kept_on_the_way(figures: Mapping[str, Any]) -> list[Promise]:
    """What the messengers counted (the sandbox's figures): nothing forbidden was tried, nothing vanished."""
    errors = figures["errors"]
    shut = [f"{errors[code]} times {code}" for code in ("45015", "45047") if code in errors]
    dropped = [f"{figures['dropped']} messages"] if figures["dropped"] else []
    return [
        Promise("nothing sent into a window that was shut", tuple(shut)),
        Promise("nothing dropped without a word", tuple(dropped)),
    ]


def _not_asked(session: Session, day: date) -> list[str]:
    due = select(Quarantine).where(Quarantine.first_day <= day, Quarantine.last_day >= day)
    broken = []
    for one in session.scalars(due):
        for half in Half:
            asked = session.scalar(
                select(
                    exists().where(
                        Asked.person_id == one.person_id,
                        Asked.request_id == ReportRequest.id,
                        ReportRequest.day == day,
                        ReportRequest.half == half,
                        ReportRequest.asked_at.is_not(None) | (ReportRequest.status != RequestStatus.DUE),
                    )
                )
            )
            if not asked:
                broken.append(f"person {one.person_id}, {half}")
    return broken


def _not_stored(session: Session, said: Sequence[tuple[str, float]]) -> list[str]:
    rows = session.execute(
        select(Person.name, TemperatureReading.celsius).join(Person, Person.id == TemperatureReading.person_id)
    )
    stored = Counter((name, celsius) for name, celsius in rows)
    return [f"{name} {celsius}" for (name, celsius), times in Counter(said).items() if stored[name, celsius] < times]


def _silences(session: Session, day: date) -> list[str]:
    silent = session.scalars(
        select(ReportRequest).where(
            ReportRequest.day == day, ReportRequest.status.in_([RequestStatus.MISSED, RequestStatus.UNREACHABLE])
        )
    )
    return [
        f"household {one.household_id}, {one.half}"
        for one in silent
        if not session.scalar(
            select(
                exists().where(
                    Escalation.household_id == one.household_id,
                    Escalation.person_id.is_(None),
                    Escalation.closed_at.is_(None) | (Escalation.closed_at >= one.opens_at),
                    (Escalation.state == State.TAKEN) | (Escalation.state == State.CLOSED),
                )
            )
        )
    ]


def _fevers(session: Session) -> list[str]:
    threshold = default_policy(session).thresholds.abnormal
    rows = session.execute(
        select(TemperatureReading.id, Escalation.state)
        .outerjoin(Escalation, Escalation.id == TemperatureReading.escalation_id)
        .where(TemperatureReading.celsius >= threshold)
    )
    return [f"reading {number}" for number, state in rows if state not in {State.TAKEN, State.CLOSED}]


def _lost(session: Session) -> list[str]:
    broken = [f"update {one.update_id}: {one.error}" for one in session.scalars(select(RejectedUpdate))]
    stuck = session.scalars(
        select(OutboxMessage).where(OutboxMessage.state.in_([MailState.LEASED, MailState.REJECTED, MailState.DEAD]))
    )
    return broken + [f"message {one.id} {one.template} is {one.state}: {one.error}" for one in stuck]


def _twice(session: Session) -> list[str]:
    rows = session.execute(
        select(OutboxMessage.account_id, OutboxMessage.about, func.count())
        .where(OutboxMessage.template == "prompt", OutboxMessage.state == MailState.SENT)
        .group_by(OutboxMessage.account_id, OutboxMessage.about)
        .having(func.count() > 1)
    )
    return [f"{number} prompts to account {account} about {about}" for account, about, number in rows]
