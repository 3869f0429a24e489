"""Somebody in quarantine was seen outside: one alarm a household, however many tell of it (隔离违规).

Who of the neighbours told of it stands in the audit alone: nothing that shows the alarm knows their name.
"""

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models import AuditEntry, Escalation, EscalationEvent, Household, Quarantine
from rules.breaches import A_DAY, Told, ToldBy, becomes
from rules.escalation import Event, Kind, State
from rules.ladder import Severity
from rules.quarantine import QuarantineStatus
from rules.times import local_date
from services.audit import record
from services.escalations import note, open_like, raise_alarm, refresh, tell_again
from services.policy import policy_at


def is_in_quarantine(session: Session, now: datetime, household: Household) -> bool:
    """Whether anybody of a household has to stay at home today."""
    today = local_date(now, policy_at(session, household.grid_id).timezone)
    ours = exists().where(
        Quarantine.household_id == household.id,
        Quarantine.status == QuarantineStatus.ACTIVE,
        Quarantine.first_day <= today,
        Quarantine.last_day >= today,
    )
    return bool(session.scalar(select(ours)))


def tell_of(session: Session, now: datetime, household: Household, by: ToldBy, person_id: int) -> Told:
    """Somebody tells that a household in quarantine did not stay at home; what became of it."""
    present = open_like(session, Kind.BREACH, household.id, None)
    told = becomes(
        by,
        now,
        told_today=_told_today(session, now, person_id),
        is_open=present is not None,
        rang_at=_rang_at(session, present) if present else None,
        closed_at=_closed_at(session, household.id),
    )
    record(session, now, actor_id=person_id, act="breach", subject=f"household:{household.id}", by=by, became=told)
    # Who works here answers for what they tell; a neighbour is nobody's business but the audit's.
    who = None if by is ToldBy.NEIGHBOUR else person_id
    if told is Told.OPENED:
        _open(session, now, household, by, who)
    elif told is not Told.KEPT and present:
        note(session, now, present, Event.WORSENED, who, by=by.value, rang=told is Told.RANG)
        refresh(session, now, present)
        if told is Told.RANG:
            tell_again(session, now, present)
    return told


def _open(session: Session, now: datetime, household: Household, by: ToldBy, who: int | None) -> None:
    raise_alarm(
        session,
        now,
        kind=Kind.BREACH,
        severity=Severity.ROUTINE,
        household_id=household.id,
        grid_id=household.grid_id,
        detail={"by": by.value, **({"who": who} if who else {})},
    )


def _told_today(session: Session, now: datetime, person_id: int) -> int:
    lately = (AuditEntry.actor_id == person_id, AuditEntry.act == "breach", AuditEntry.at > now - A_DAY)
    return session.scalar(select(func.count()).select_from(AuditEntry).where(*lately)) or 0


def _rang_at(session: Session, escalation: Escalation) -> datetime | None:
    """When anybody was told of it last."""
    events = session.scalars(
        select(EscalationEvent)
        .where(
            EscalationEvent.escalation_id == escalation.id,
            EscalationEvent.event.in_([Event.TOLD, Event.WORSENED]),
        )
        .order_by(EscalationEvent.id)
    )
    rang = [one.at for one in events if one.event is Event.TOLD or one.detail.get("rang")]
    return rang[-1] if rang else None


def _closed_at(session: Session, household_id: int) -> datetime | None:
    return session.scalar(
        select(func.max(Escalation.closed_at)).where(
            Escalation.household_id == household_id, Escalation.kind == Kind.BREACH, Escalation.state == State.CLOSED
        )
    )
