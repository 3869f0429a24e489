"""What the simulated days came to, counted in the records and on the phones."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.simulate.phones import Phone
from bot.simulate.play import Played
from models import Escalation, EscalationEvent, OutboxMessage, ReportRequest, TemperatureReading
from models.record import Record
from rules.escalation import Event, Kind
from rules.mail import MailState
from rules.rounds import ANSWERED, RequestStatus
from services.policy import default_policy

Figures = dict[str, Any]


def figures(session: Session, played: Played) -> Figures:
    """Everything but what it cost; a seed gives the same figures always."""
    plan, ledger = played.plan, played.crowd.ledger
    messengers = sum((one.outcomes for one in played.messengers.values()), Counter[str]())
    return {
        "city": {
            "households": plan.households,
            "people": sum(1 for _ in ledger.people()),
            "days": plan.days,
            "bots": len(plan.bots),
            "grids": plan.grids,
            "seed": plan.seed,
            "ended_at": played.ended_at.isoformat(timespec="seconds"),
        },
        "rounds": _rounds(session, len(ledger.slots)),
        "readings": _readings(session),
        "alarms": _alarms(session),
        "messages": {
            "by_kind": _by_kind(session),
            "messenger": dict(sorted(messengers.items())),
            "family_a_day": _a_day(played.crowd.families, {one.day for one in ledger.slots}),
            "official_a_day": _a_day(played.crowd.officials, {one.day for one in ledger.slots}),
        },
        "rows": _rows(session),
    }


def _rounds(session: Session, rounds: int) -> Figures:
    counted = select(ReportRequest.status, func.count()).group_by(ReportRequest.status)
    by_status = dict(session.execute(counted).all())
    every = sum(by_status.values())
    asked = session.scalar(select(func.count()).where(ReportRequest.asked_at.is_not(None))) or 0
    answered = sum(by_status.get(status, 0) for status in ANSWERED)
    return {
        "rounds": rounds,
        "slots": every,
        "asked": asked,
        "answered": answered,
        **{status.value: by_status.get(status, 0) for status in RequestStatus if status is not RequestStatus.DUE},
    }


def _readings(session: Session) -> Figures:
    limit = default_policy(session).thresholds.abnormal
    count = select(func.count()).select_from(TemperatureReading)
    return {
        "stored": session.scalar(count),
        "corrected": session.scalar(count.where(TemperatureReading.superseded_by.is_not(None))),
        "fevers": session.scalar(count.where(TemperatureReading.celsius >= limit)),
    }


def _alarms(session: Session) -> Figures:
    alarms = session.execute(
        select(Escalation.id, Escalation.kind, Escalation.opened_at, Escalation.closed_at, Escalation.bundle)
    ).all()
    taken = _first(session, select(EscalationEvent.escalation_id, func.min(EscalationEvent.at)), Event.TAKEN)
    said = dict(
        session.execute(
            select(TemperatureReading.escalation_id, func.min(TemperatureReading.at))
            .where(TemperatureReading.escalation_id.is_not(None))
            .group_by(TemperatureReading.escalation_id)
        ).all()
    )
    told = _told(session)
    by_kind: Figures = {}
    for kind in Kind:
        mine = [one for one in alarms if one.kind is kind]
        begins = {one.id: min(said.get(one.id, one.opened_at), one.opened_at) for one in mine}
        alerted = {one.id: _first_after(told, one) for one in mine}
        by_kind[kind.value] = {
            "opened": len(mine),
            "taken": sum(one.id in taken for one in mine),
            "closed": sum(one.closed_at is not None for one in mine),
            "seconds_to_alert": spread_of(_between(begins, alerted)),
            "seconds_to_human": spread_of(_between(begins, taken)),
        }
    events = select(EscalationEvent.event, func.count()).group_by(EscalationEvent.event)
    by_kind["events"] = {event.value: count for event, count in sorted(session.execute(events).all())}
    return by_kind


def _first(session: Session, question: Any, event: Event) -> dict[int, datetime]:
    rows = session.execute(question.where(EscalationEvent.event == event).group_by(EscalationEvent.escalation_id))
    return dict(rows.all())


def _told(session: Session) -> dict[str, list[datetime]]:
    """When alerts about a record were handed over, in order; of a list that was told anew, also the older ones."""
    sent = (
        select(OutboxMessage.id, OutboxMessage.about, OutboxMessage.sent_at)
        .where(
            OutboxMessage.template.in_(["alert", "digest"]),
            OutboxMessage.edits_id.is_(None),
            OutboxMessage.state == MailState.SENT,
        )
        .order_by(OutboxMessage.id.desc())
    )
    abouts: dict[str, str] = {}
    found: dict[str, list[datetime]] = {}
    for number, about, at in session.execute(sent):
        # An older list speaks of the newer one, which comes first here.
        abouts[f"message:{number}"] = spoken_of = abouts.get(about or "", about or "")
        if at is not None:
            found.setdefault(spoken_of, []).append(at)
    return {about: sorted(each) for about, each in found.items()}


def _first_after(told: dict[str, list[datetime]], alarm: Any) -> datetime | None:
    """When an alarm was told first."""
    each = told.get(f"bundle:{alarm.bundle}" if alarm.bundle else f"escalation:{alarm.id}", [])
    at = bisect_left(each, alarm.opened_at)
    return each[at] if at < len(each) else None


def _between(begins: dict[int, datetime], ends: dict[int, Any]) -> list[float]:
    return [(end - begin).total_seconds() for number, begin in begins.items() if (end := ends.get(number))]


def _by_kind(session: Session) -> dict[str, int]:
    """What was handed over, by template; a text of the catalogue by its key, an edit as such."""
    said = OutboxMessage.args["key"].as_string()
    rows = session.execute(
        select(OutboxMessage.template, said, OutboxMessage.edits_id.is_not(None), func.count())
        .where(OutboxMessage.state == MailState.SENT)
        .group_by(OutboxMessage.template, said, OutboxMessage.edits_id.is_not(None))
    )
    counts: Counter[str] = Counter()
    for template, key, edits, count in rows:
        counts[f"{key or template}{', changed in place' if edits else ''}"] += count
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _a_day(phones: Sequence[Phone], days: Iterable[date]) -> Figures:
    """Messages on one phone and one of the asked days."""
    dates = sorted(days)
    return spread_of([float(phone.heard[day]) for phone in phones for day in dates])


def _rows(session: Session) -> dict[str, int]:
    tables = Record.metadata.sorted_tables
    counts = {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
    return {name: count for name, count in sorted(counts.items()) if count}


def spread_of(values: Sequence[float]) -> Figures:
    """Count, mean, median, 90th and 99th percentile (nearest rank) and the largest."""
    if not values:
        return {"count": 0}
    ordered = sorted(values)
    ranks = {f"p{share}": ordered[math.ceil(len(ordered) * share / 100) - 1] for share in (50, 90, 99)}
    mean = sum(ordered) / len(ordered)
    return {
        "count": len(ordered),
        "mean": round(mean, 1),
        **{k: round(v, 1) for k, v in ranks.items()},
        "max": round(ordered[-1], 1),
    }
