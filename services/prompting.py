"""Prompts and reminders to a household, and what follows when they cannot be delivered or are not answered."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import String, and_, cast, exists, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from models import Account, Asked, OutboxMessage, ReportRequest
from rules.escalation import Kind
from rules.ladder import Severity
from rules.mail import MailState, Priority
from rules.quiet import release
from rules.rounds import Half, RequestStatus, Slot, outcome_of_silence
from services.areas import grid_below
from services.escalations import raise_alarm
from services.groups import reminding_place
from services.mailbox import post, post_many
from services.phones import answering
from services.policy import policy_at

BATCH = 200


def prompt_slot(session: Session, now: datetime, household_ids: Sequence[int], one: Slot) -> dict[str, int]:
    """Owes a prompt to every joined member who can be reached; with nobody to ask, a household is unreachable."""
    due = and_(
        ReportRequest.household_id.in_(household_ids),
        ReportRequest.day == one.day,
        ReportRequest.half == one.half,
        ReportRequest.status == RequestStatus.DUE,
    )
    doors = answering(household_ids)
    members_asked = select(func.count()).where(Asked.request_id == ReportRequest.id).scalar_subquery()
    prompts = post_many(
        session,
        now,
        select(ReportRequest)
        .join(doors, doors.c.household_id == ReportRequest.household_id)
        .join(Account, Account.id == doors.c.account_id)
        .where(due, Account.reachable),
        Priority.PROMPT,
        "prompt",
        about=literal("request:") + cast(ReportRequest.id, String),
        # A member who comes late makes it a new question.
        dedupe_key=_joined("prompt", ReportRequest.id, Account.id, members_asked),
    )
    somebody = exists().where(
        doors.c.household_id == ReportRequest.household_id, Account.id == doors.c.account_id, Account.reachable
    )
    unreachable = session.scalars(select(ReportRequest).where(due, ~somebody).order_by(ReportRequest.id)).all()
    for request in unreachable:
        not_reached(session, now, request, "account_lost" if _accounts(session, request) else "no_account")
    return {"prompts": prompts, "unreachable": len(unreachable)}


def _joined(word: str, *parts: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[str]:
    key: ColumnElement[str] = literal(word)
    for part in parts:
        key = key + literal(":") + cast(part, String)
    return key


def remind(session: Session, now: datetime, below: str | None = None) -> dict[str, int]:
    """Reminds households of a subtree (None: all) that were asked and are silent, once a slot; at night it waits.

    Where the grid's head wants it, its group gets one post in place of a message to each door.
    """
    silent = session.scalars(
        select(ReportRequest)
        .where(
            ReportRequest.status == RequestStatus.DUE,
            ReportRequest.remind_at <= now,
            grid_below(ReportRequest.grid_id, below),
        )
        .order_by(ReportRequest.remind_at)
        .limit(BATCH)
    ).all()
    reminders = posts = 0
    for request in silent:
        request.remind_at = None
        if request.asked_at is None:
            continue
        group = reminding_place(session, request.grid_id)
        if group is None:
            reminders += _remind_door(session, now, request)
        else:
            posts += _remind_in(session, now, group, request)
    return {"silent": len(silent), "reminders": reminders, "posts": posts}


def remind_every_door(session: Session, now: datetime, grid_id: int, day: date, half: Half) -> int:
    """Reminds each household of a grid that was asked in a slot and is silent; how many messages."""
    silent = silent_households(session, grid_id, day, half)
    for request in silent:
        request.remind_at = None
    return sum(_remind_door(session, now, request) for request in silent)


def silent_households(session: Session, grid_id: int, day: date, half: Half) -> list[ReportRequest]:
    """Those of a grid and slot that were asked and have not answered."""
    return list(
        session.scalars(
            select(ReportRequest)
            .where(
                ReportRequest.grid_id == grid_id,
                ReportRequest.day == day,
                ReportRequest.half == half,
                ReportRequest.status == RequestStatus.DUE,
                ReportRequest.asked_at.is_not(None),
            )
            .order_by(ReportRequest.id)
        )
    )


def _remind_door(session: Session, now: datetime, request: ReportRequest) -> int:
    readers = [account for account in _accounts(session, request) if account.reachable]
    due_at = _awake(session, now, request.grid_id)
    for account in readers:
        post(session, now, account, Priority.PROMPT, "reminder", about=f"request:{request.id}", due_at=due_at)
    return len(readers)


def _remind_in(session: Session, now: datetime, group: Account, request: ReportRequest) -> int:
    """Once a grid and slot, for all of its silent households; it counts them when it leaves."""
    slot = {"day": request.day.isoformat(), "half": request.half.value}
    owed = post(
        session,
        now,
        group,
        Priority.PROMPT,
        "group_reminder",
        args=slot,
        about=f"grid:{request.grid_id}",
        dedupe_key=f"group_reminder:{request.grid_id}:{slot['day']}:{slot['half']}",
        due_at=_awake(session, now, request.grid_id),
    )
    return int(owed is not None)


def _awake(session: Session, now: datetime, grid_id: int) -> datetime:
    policy = policy_at(session, grid_id)
    return release(now, policy.quiet_from, policy.quiet_to, policy.timezone)


def close_rounds(session: Session, now: datetime, below: str | None = None) -> dict[str, int]:
    """Ends the slots whose time is up: missed when somebody was asked, unreachable when nobody was (invariant 5).

    `below` is the path of the subtree that is looked at; None: everywhere.
    """
    over = session.scalars(
        select(ReportRequest)
        .where(
            ReportRequest.status == RequestStatus.DUE,
            ReportRequest.miss_at <= now,
            grid_below(ReportRequest.grid_id, below),
        )
        .order_by(ReportRequest.miss_at, ReportRequest.id)
        .limit(BATCH)
    ).all()
    counts = {"missed": 0, "unreachable": 0}
    for request in over:
        request.status = outcome_of_silence(asked=request.asked_at is not None)
        if request.status is RequestStatus.UNREACHABLE:
            request.why = "not_delivered"
        counts[request.status.value] += 1
        still_silent(session, now, request)
    return counts


def not_reached(session: Session, now: datetime, request: ReportRequest, why: str) -> None:
    """Nobody of the household could be asked: the worker hears at once, with the reason, not after the deadline."""
    request.status, request.why = RequestStatus.UNREACHABLE, why
    still_silent(session, now, request)


def prompt_lost(session: Session, now: datetime, request: ReportRequest, why: str) -> None:
    """A prompt could not be delivered: another phone is tried.

    The household is unreachable unless somebody of it was or will be asked.
    """
    alive = exists().where(
        OutboxMessage.about == f"request:{request.id}",
        OutboxMessage.template == "prompt",
        OutboxMessage.state.in_([MailState.PENDING, MailState.LEASED, MailState.SENT]),
    )
    if request.status is not RequestStatus.DUE or request.asked_at is not None or session.scalar(select(alive)):
        return
    if not _ask_elsewhere(session, now, request):
        not_reached(session, now, request, why)


def _ask_elsewhere(session: Session, now: datetime, request: ReportRequest) -> int:
    """Asks on phones that were not tried yet: somebody's other one; how many."""
    about = f"request:{request.id}"
    prompts = select(OutboxMessage.account_id).where(OutboxMessage.about == about, OutboxMessage.template == "prompt")
    tried = set(session.scalars(prompts))
    others = [one for one in _accounts(session, request) if one.reachable and one.id not in tried]
    for account in others:
        post(session, now, account, Priority.PROMPT, "prompt", about=about)
    return len(others)


def still_silent(session: Session, now: datetime, request: ReportRequest) -> None:
    """Opens, or joins, the alarm about a household's silence; those of one grid and slot are told in one message."""
    kind = Kind.MISSED if request.status is RequestStatus.MISSED else Kind.UNREACHABLE
    raise_alarm(
        session,
        now,
        kind=kind,
        severity=Severity.ROUTINE,
        household_id=request.household_id,
        grid_id=request.grid_id,
        request_id=request.id,
        bundle=f"{kind.value}/{request.grid_id}/{request.day.isoformat()}/{request.half.value}",
        detail={"why": request.why} if request.why else {},
    )


def _accounts(session: Session, request: ReportRequest) -> list[Account]:
    doors = answering([request.household_id])
    return list(session.scalars(select(Account).join(doors, doors.c.account_id == Account.id).order_by(Account.id)))
