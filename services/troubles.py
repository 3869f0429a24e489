"""Delivery troubles: a messenger takes nothing, a round did not arrive; told once, over by itself (ADR 72)."""

from collections.abc import Collection, Sequence
from datetime import datetime

import structlog
from sqlalchemy import String, cast, exists, literal, or_, select, update
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Bot, DeliveryTrouble, OutboxMessage, ReportRequest
from models.mail import GIVEN_UP, WAITS
from models.statements import among, spelled
from rules.mail import MailState, Priority
from rules.mass_failure import LONGEST, LOOK_AGAIN, WAITING, is_down
from rules.roles import Role
from rules.rounds import RequestStatus
from services.accounts import reachable_accounts
from services.areas import numbers
from services.mailbox import bring_up_to_date, post
from services.shares import share_of
from services.staff import in_force

log = structlog.get_logger()

ABOUT = "trouble:"


def watch(session: Session, now: datetime) -> dict[str, int]:
    """The tick: tells of a messenger that takes nothing, and that what was told of is over."""
    failing = session.execute(select(Bot.name, Bot.failing_since).where(Bot.failing_since.is_not(None))).all()
    lasting = session.scalars(select(DeliveryTrouble).where(DeliveryTrouble.closed_at.is_(None))).all()
    known = {one.bot for one in lasting}
    fresh = [
        DeliveryTrouble(bot=bot, asked=0, undelivered=0, since=since, opened_at=now)
        for bot, since in failing
        if since and bot not in known and is_down(since, _waiting(session, bot, since), now)
    ]
    open_all(session, now, fresh)
    for one in fresh:
        _not_asked_after_all(session, now, one)
    again = {bot for bot, _ in failing}
    over = [one for one in lasting if (one.bot not in again if one.bot else _is_over(session, one))]
    for one in over:
        _close(session, now, one)
    if lasting:
        _try_again(session, now)
    return {"opened": len(fresh), "closed": len(over)}


def open_all(session: Session, now: datetime, troubles: Collection[DeliveryTrouble]) -> None:
    """Puts them down, and tells whoever sees to it, each once."""
    session.add_all(troubles)
    session.flush()
    for one in troubles:
        log.error("messages do not arrive", bot=one.bot, area=one.area_id, asked=one.asked, undelivered=one.undelivered)
        for account in _told(session, now, one):
            post(session, now, account, Priority.ALERT, "trouble", about=f"{ABOUT}{one.id}")


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


def _close(session: Session, now: datetime, one: DeliveryTrouble) -> None:
    one.closed_at = now
    session.flush()
    about = f"{ABOUT}{one.id}"
    log.warning("messages arrive again", bot=one.bot, area=one.area_id)
    if one.bot:
        _at_once(session, now, one.bot)
    bring_up_to_date(session, now, about)
    first = (OutboxMessage.about == about, OutboxMessage.template == "trouble", OutboxMessage.edits_id.is_(None))
    told = session.execute(select(OutboxMessage.account_id, OutboxMessage.state).where(*first)).all()
    for account, state in sorted(told):
        if state in _ON_THE_WAY:
            continue  # it reads of it as over
        template = "trouble_over" if state is MailState.SENT else "trouble"
        post(session, now, session.get_one(Account, account), Priority.ALERT, template, about=about)


_ON_THE_WAY = frozenset({MailState.PENDING, MailState.LEASED})


def _told(session: Session, now: datetime, one: DeliveryTrouble) -> list[Account]:
    """The operators, and the city or the community whose round it is."""
    held = select(Appointment.person_id, Appointment.role, Appointment.area_id).where(in_force(now))
    line = set(numbers(session.get_one(Area, one.area_id).path)) if one.area_id is not None else set()
    narrow = one.area_id is not None and len(line) > 1
    role = Role.COMMUNITY if narrow else Role.CITY
    people = {
        person
        for person, its_role, area in session.execute(held.where(Appointment.role.in_([Role.OPERATOR, role])))
        if its_role is Role.OPERATOR or not narrow or area in line
    }
    found = reachable_accounts(session, people)
    return [found[person] for person in sorted(found)]


_UNCERTAIN = (
    OutboxMessage.state == MailState.SENT,
    OutboxMessage.external_id.is_(None),
    OutboxMessage.error.is_not(None),
    OutboxMessage.edits_id.is_(None),
)
"""What got no answer and was taken for sent."""


def _waiting(session: Session, bot: str, since: datetime) -> int:
    """How many messages wait for a messenger that takes nothing, or were put down as sent without its word; two do."""
    failed = select(OutboxMessage.id).where(
        OutboxMessage.bot == bot, OutboxMessage.state == MailState.PENDING, OutboxMessage.error.is_not(None)
    )
    unsure = select(OutboxMessage.id).where(OutboxMessage.bot == bot, OutboxMessage.sent_at >= since, *_UNCERTAIN)
    return sum(len(session.scalars(some.limit(WAITING)).all()) for some in (failed, unsure))


def _not_asked_after_all(session: Session, now: datetime, one: DeliveryTrouble) -> None:
    """Prompts that got no answer since it began did not arrive: they are owed again, and nobody was asked by them."""
    slot_of = literal("request:") + cast(ReportRequest.id, String)
    these = (ReportRequest.status == spelled(RequestStatus.DUE), ReportRequest.asked_at >= one.since)
    prompts = select(OutboxMessage.id).join(ReportRequest, OutboxMessage.about == slot_of)
    unsure = prompts.where(*these, OutboxMessage.bot == one.bot, OutboxMessage.template == "prompt", *_UNCERTAIN)
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
