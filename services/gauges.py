"""How things stand now, counted for whoever watches the machine: by bot, priority, severity, step, never by person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import String, case, cast, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from models import (
    Account,
    Area,
    Bot,
    DeliveryTrouble,
    DirectiveStep,
    Escalation,
    Heartbeat,
    NoticePart,
    OutboxMessage,
    ReportRequest,
)
from models.accounts import NOT_REACHABLE
from models.directives import DUE as RUNNING
from models.mail import DUE, GIVEN_UP, WAITS
from rules.directives import ENDED, NODES, Step
from rules.escalation import State
from rules.ladder import LINE, Severity
from rules.mail import MailState, Priority
from rules.rounds import Half, RequestStatus
from rules.times import local_date
from services.policy import default_policy

HEAD = 1000
"""How many of a queue, in the order in which they leave, are asked since when they are due."""
NOBODY = "nobody"
"""The step of an alarm of which nobody has been told yet."""

Counts = dict[tuple[str, ...], float]
"""A count by its labels."""


@dataclass(frozen=True, slots=True)
class Gauges:
    """One look; ages are in seconds."""

    waiting: Counts = field(default_factory=dict)
    """Messages by bot and priority, those that are not due yet among them."""
    waiting_age: Counts = field(default_factory=dict)
    """How long the longest due of the first thousand has been due; 0: nothing is."""
    in_line: Counts = field(default_factory=dict)
    """Parts of notices whose messages are not written yet, by bot."""
    flying: Counts = field(default_factory=dict)
    given_up: Counts = field(default_factory=dict)
    """By bot and priority."""
    escalations: Counts = field(default_factory=dict)
    """Open ones by severity, step and state."""
    requests: Counts = field(default_factory=dict)
    """Of today, by half-day and status."""
    unreachable: Counts = field(default_factory=dict)
    """Accounts by bot."""
    troubles: Counts = field(default_factory=dict)
    """Of delivery, those that last: a bot's, or a round's in an area."""
    directives: Counts = field(default_factory=dict)
    """Nodes where a directive has not ended, by level and where it stands."""
    part_age: Counts = field(default_factory=dict)
    """Since each part of the service went through, by the machine's clock; communities aside."""


def read_gauges(session: Session, now: datetime, moment: datetime) -> Gauges:
    """Counts everything once, each by an index; `moment` is now by the machine's clock."""
    bots = session.scalars(select(Bot.name).order_by(Bot.name)).all()
    waiting = _waiting(session, bots)
    return Gauges(
        waiting,
        {key: _age(session, now, *key) if count else 0.0 for key, count in waiting.items()},
        _by_bot(session, bots, NoticePart.bot),
        _mail(session, bots, OutboxMessage.state == MailState.LEASED),
        _mail(session, bots, GIVEN_UP),
        _escalations(session),
        _requests(session, now),
        _by_bot(session, bots, Account.bot, NOT_REACHABLE),
        _troubles(session),
        _directives(session),
        _parts(session, moment),
    )


def _queues(bots: Sequence[str]) -> Counts:
    return {(bot, priority.name.lower()): 0.0 for bot in bots for priority in Priority}


def _waiting(session: Session, bots: Sequence[str]) -> Counts:
    due, later = _mail(session, bots, DUE), _mail(session, bots, WAITS)
    return {key: due[key] + later[key] for key in due}


def _mail(session: Session, bots: Sequence[str], which: Any) -> Counts:
    kinds = (OutboxMessage.bot, OutboxMessage.priority)
    rows = session.execute(select(*kinds, func.count()).where(which).group_by(*kinds))
    return _queues(bots) | {(bot, Priority(priority).name.lower()): count for bot, priority, count in rows}


def _age(session: Session, now: datetime, bot: str, priority: str) -> float:
    """Without looking at a whole broadcast: those who are first in line say how long one waits."""
    mine = (OutboxMessage.bot == bot, OutboxMessage.priority == Priority[priority.upper()])
    line = select(OutboxMessage.due_at).where(DUE, *mine).order_by(OutboxMessage.id).limit(HEAD).subquery()
    later = select(func.min(OutboxMessage.due_at)).where(WAITS, *mine)
    oldest = [at for at in (session.scalar(select(func.min(line.c.due_at))), session.scalar(later)) if at]
    return max(0.0, (now - min(oldest)).total_seconds()) if oldest else 0.0


def _escalations(session: Session) -> Counts:
    states = (State.OPEN, State.TAKEN)
    steps = [NOBODY, *(role.value for role in LINE)]
    found: Counts = {(level.value, step, state.value): 0.0 for level in Severity for step in steps for state in states}
    kinds = (Escalation.severity, _told_last(session), Escalation.state)
    rows = session.execute(select(*kinds, func.count()).where(Escalation.state.in_(states)).group_by(*kinds))
    for severity, step, state, count in rows:
        found[severity.value, step or NOBODY, state.value] += count
    return found


def _told_last(session: Session) -> ColumnElement[str | None]:
    """The role of the step of its own chain at which an alarm stands: areas choose how many steps that has."""
    step = cast(Escalation.step, String)
    if session.get_bind().dialect.name == "sqlite":
        role = func.json_extract(Escalation.chain, "$[" + step + "].role")
    else:
        role = func.jsonb_extract_path_text(Escalation.chain, step, "role")
    return case((Escalation.step >= 0, role))


def _requests(session: Session, now: datetime) -> Counts:
    today = local_date(now, default_policy(session).timezone)
    found: Counts = {(half.value, status.value): 0.0 for half in Half for status in RequestStatus}
    kinds = (ReportRequest.half, ReportRequest.status)
    rows = session.execute(select(*kinds, func.count()).where(ReportRequest.day == today).group_by(*kinds))
    return found | {(half.value, status.value): count for half, status, count in rows}


def _by_bot(session: Session, bots: Sequence[str], whose: Any, *which: Any) -> Counts:
    rows = session.execute(select(whose, func.count()).where(*which).group_by(whose))
    found: Counts = {(bot,): 0.0 for bot in bots}
    return found | {(bot,): count for bot, count in rows}


def _troubles(session: Session) -> Counts:
    rows = session.scalars(select(DeliveryTrouble.bot).where(DeliveryTrouble.closed_at.is_(None))).all()
    return {("bot",): sum(one is not None for one in rows), ("round",): sum(one is None for one in rows)}


def _directives(session: Session) -> Counts:
    found: Counts = {(level.value, state.value): 0.0 for level in NODES[1:] for state in Step if state not in ENDED}
    kinds = (Area.level, DirectiveStep.state)
    running = select(*kinds, func.count()).join(Area, Area.id == DirectiveStep.area_id).where(RUNNING)
    rows = session.execute(running.group_by(*kinds))
    return found | {(level.value, state.value): count for level, state, count in rows}


def _parts(session: Session, moment: datetime) -> Counts:
    rows = session.execute(select(Heartbeat.part, Heartbeat.at))
    return {(part,): (moment - at).total_seconds() for part, at in rows if not part.startswith("community:")}
