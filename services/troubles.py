"""Delivery troubles: a messenger takes nothing, a round did not arrive; told in one alarm a place, over by itself."""

from collections.abc import Collection, Sequence
from datetime import datetime

import structlog
from sqlalchemy import String, cast, exists, literal, or_, select, update
from sqlalchemy.orm import Session

from models import Account, Area, Bot, DeliveryTrouble, Escalation, OutboxMessage, ReportRequest
from models.mail import GIVEN_UP, WAITS
from models.statements import among, spelled
from rules.escalation import Kind, Outcome
from rules.ladder import Severity
from rules.mail import MailState, Priority
from rules.mass_failure import LONGEST, LOOK_AGAIN, is_down
from rules.rounds import RequestStatus
from services.escalations import refresh
from services.failing import UNCERTAIN, failures
from services.mailbox import post
from services.places import end, raise_at, to_tell_anew
from services.shares import share_of

log = structlog.get_logger()


def watch(session: Session, now: datetime) -> dict[str, int]:
    """The tick: tells of a messenger that takes nothing, and that what was told of is over."""
    failing = session.execute(select(Bot.name, Bot.failing_since).where(Bot.failing_since.is_not(None))).all()
    lasting = session.scalars(select(DeliveryTrouble).where(DeliveryTrouble.closed_at.is_(None))).all()
    known = {one.bot for one in lasting}
    fresh = [
        DeliveryTrouble(bot=bot, asked=0, undelivered=0, since=since, opened_at=now)
        for bot, since in failing
        if since and bot not in known and is_down(since, failures(session, bot, since), now)
    ]
    open_all(session, now, fresh)
    for one in fresh:
        _not_asked_after_all(session, now, one)
    down = {bot for bot, _ in failing}
    past = [one for one in lasting if (one.bot not in down if one.bot else _is_over(session, one))]
    _close(session, now, past)
    again = to_tell_anew(session, now, [one for one in lasting if one.closed_at is None])
    for one in again:
        _tell(session, now, one)
    if lasting:
        _try_again(session, now)
    return {"opened": len(fresh), "closed": len(past), "again": len(again)}


def open_all(session: Session, now: datetime, troubles: Collection[DeliveryTrouble]) -> None:
    """Puts them down, and tells whoever sees to it: the operators, and the city or whoever answers for the round."""
    session.add_all(troubles)
    session.flush()
    for one in troubles:
        log.error("messages do not arrive", bot=one.bot, area=one.area_id, asked=one.asked, undelivered=one.undelivered)
        _tell(session, now, one)


def _tell(session: Session, now: datetime, one: DeliveryTrouble) -> None:
    place = one.area_id or _top(session)
    if place is None:  # a house without a place has nobody to be told
        return
    alarm = raise_at(session, now, Kind.DELIVERY_TROUBLE, Severity.URGENT, place, trouble=one.id)
    one.escalation_id = alarm.id


def _top(session: Session) -> int | None:
    """The city of the house: a messenger that takes nothing is everybody's."""
    return session.scalar(select(Area.id).where(Area.parent_id.is_(None)).order_by(Area.id).limit(1))


def of_alarm(session: Session, number: int) -> Sequence[DeliveryTrouble]:
    """What an alarm is about, the oldest first."""
    mine = select(DeliveryTrouble).where(DeliveryTrouble.escalation_id == number)
    return session.scalars(mine.order_by(DeliveryTrouble.id)).all()


def lately(session: Session, now: datetime) -> Sequence[DeliveryTrouble]:
    """Those that last, and those that were over so lately that a slot may still wait for them."""
    still = or_(DeliveryTrouble.closed_at.is_(None), DeliveryTrouble.closed_at > now - LONGEST)
    return session.scalars(select(DeliveryTrouble).where(still).order_by(DeliveryTrouble.id)).all()


def lasting_within(session: Session, paths: Collection[str]) -> list[DeliveryTrouble]:
    """Those that last and concern somebody's areas: a bot's concern everybody."""
    open_ones = select(DeliveryTrouble, Area.path).outerjoin(Area, Area.id == DeliveryTrouble.area_id)
    rows = session.execute(open_ones.where(DeliveryTrouble.closed_at.is_(None)).order_by(DeliveryTrouble.id))
    return [
        one
        for one, path in rows
        if path is None or any(path.startswith(mine) or mine.startswith(path) for mine in paths)
    ]


def _is_over(session: Session, one: DeliveryTrouble) -> bool:
    """Whether what did not arrive has arrived, or nobody's slot is open any more."""
    area = session.get_one(Area, one.area_id)
    share, waiting = share_of(session, area.path, one.day, one.half)
    return not waiting or not share.is_mass


def _close(session: Session, now: datetime, past: Collection[DeliveryTrouble]) -> None:
    for one in past:
        one.closed_at = now
        log.warning("messages arrive again", bot=one.bot, area=one.area_id)
        if one.bot:
            _at_once(session, now, one.bot)
    session.flush()
    for number in sorted({one.escalation_id for one in past if one.escalation_id is not None}):
        alarm = session.get_one(Escalation, number)
        if any(one.closed_at is None for one in of_alarm(session, number)):
            refresh(session, now, alarm)  # something else still does not arrive there
            continue
        end(session, now, number, Outcome.ARRIVES_AGAIN)
        _say_so(session, now, alarm)


def _say_so(session: Session, now: datetime, alarm: Escalation) -> None:
    """Whoever was told hears once that it is over; whom the alarm has not reached yet reads of it as over."""
    about = f"escalation:{alarm.id}"
    first = (OutboxMessage.about == about, OutboxMessage.template == "alert", OutboxMessage.edits_id.is_(None))
    told: dict[int, set[MailState]] = {}
    for account, state in session.execute(select(OutboxMessage.account_id, OutboxMessage.state).where(*first)):
        told.setdefault(account, set()).add(state)
    for account, states in sorted(told.items()):
        if states & _ON_THE_WAY:
            continue
        template = "trouble_over" if MailState.SENT in states else "alert"
        post(session, now, session.get_one(Account, account), Priority.ALERT, template, about=about)


_ON_THE_WAY = frozenset({MailState.PENDING, MailState.LEASED})


def _not_asked_after_all(session: Session, now: datetime, one: DeliveryTrouble) -> None:
    """Prompts that got no answer since it began did not arrive: they are owed again, and nobody was asked by them."""
    slot_of = literal("request:") + cast(ReportRequest.id, String)
    these = (ReportRequest.status == spelled(RequestStatus.DUE), ReportRequest.asked_at >= one.since)
    prompts = select(OutboxMessage.id).join(ReportRequest, OutboxMessage.about == slot_of)
    unsure = prompts.where(*these, OutboxMessage.bot == one.bot, OutboxMessage.template == "prompt", *UNCERTAIN)
    anew = {"state": MailState.PENDING, "due_at": now, "waits": False, "sent_at": None}
    owed = session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(unsure))
        .values(anew)
        .returning(OutboxMessage.about)
        .execution_options(synchronize_session=False)
    ).all()
    arrived = exists().where(
        OutboxMessage.about == slot_of, OutboxMessage.template == "prompt", OutboxMessage.state == MailState.SENT
    )
    requests = {int(about.partition(":")[2]) for about in owed if about}
    session.execute(
        update(ReportRequest)
        .where(among(session, ReportRequest.id, requests), ~arrived)
        .values(asked_at=None)
        .execution_options(synchronize_session=False)
    )


def _at_once(session: Session, now: datetime, bot: str) -> None:
    """What waits for its next try does not wait any longer."""
    waits = (WAITS, OutboxMessage.bot == bot, OutboxMessage.error.is_not(None))
    session.execute(update(OutboxMessage).where(*waits).values(due_at=now, waits=False))


def _try_again(session: Session, now: datetime) -> None:
    """What was given up of prompts whose slot still waits is owed anew, no oftener than it is looked at."""
    waiting = exists().where(
        OutboxMessage.about == literal("request:") + cast(ReportRequest.id, String),
        ReportRequest.status == spelled(RequestStatus.DUE),
        ReportRequest.asked_at.is_(None),
        ReportRequest.opens_at > now - LONGEST,
    )
    anew = {"state": MailState.PENDING, "attempts": 0, "due_at": now + LOOK_AGAIN, "waits": True, "error": None}
    session.execute(
        update(OutboxMessage)
        .where(GIVEN_UP, OutboxMessage.template == "prompt", waiting)
        .values(anew)
        .execution_options(synchronize_session=False)
    )
