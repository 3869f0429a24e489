"""Prompts to households, and what follows when they cannot be delivered."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import String, case, cast, exists, func, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from models import Account, Asked, OutboxMessage, ReportRequest
from models.statements import among
from rules.ladder import Severity
from rules.mail import Priority
from rules.rounds import RequestStatus
from rules.ways import LIVING
from services.escalations import raise_alarm
from services.held_slots import is_held
from services.mailbox import post, prompt_many
from services.phones import answering
from services.raising import raise_silences
from services.silence import SAID, Silence


def prompt(session: Session, now: datetime, requests: Mapping[int, int]) -> dict[str, int]:
    """Owes a prompt to every joined member who can be reached; with nobody to ask, a household is unreachable.

    `requests` are those that are due, by household.
    """
    doors = answering(session, list(requests), request_id=list(requests.values()))
    members_asked = select(func.count()).where(Asked.request_id == doors.c.request_id).scalar_subquery()
    about = literal(_ABOUT) + cast(doors.c.request_id, String)
    prompts = prompt_many(
        session,
        now,
        select(doors)
        .join(Account, Account.id == doors.c.account_id)
        .where(Account.reachable)
        .order_by(doors.c.request_id, Account.id),
        "prompt",
        about=about,
        # A member who comes late makes it a new question.
        dedupe_key=_joined("prompt", doors.c.request_id, Account.id, members_asked),
    )
    prompted = {int(one.removeprefix(_ABOUT)) for one in prompts if one}
    others = {household: request for household, request in requests.items() if request not in prompted}
    return {"prompts": len(prompts), "unreachable": _nobody_to_ask(session, now, others) if others else 0}


_ABOUT = "request:"


def _nobody_to_ask(session: Session, now: datetime, requests: Mapping[int, int]) -> int:
    """Ends those of these requests, which nobody was prompted for, whose household cannot be reached; how many."""
    doors = answering(session, list(requests))
    known = select(doors.c.household_id)
    reached = known.join(Account, Account.id == doors.c.account_id).where(Account.reachable)
    ended = session.execute(
        update(ReportRequest)
        .where(among(session, ReportRequest.id, requests.values()), ReportRequest.household_id.not_in(reached))
        .values(
            status=RequestStatus.UNREACHABLE,
            why=case((ReportRequest.household_id.in_(known), "account_lost"), else_="no_account"),
        )
        .returning(*SAID)
        .execution_options(synchronize_session=False)
    ).all()
    raise_silences(session, now, map(Silence.of, ended))
    return len(ended)


def _joined(word: str, *parts: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[str]:
    key: ColumnElement[str] = literal(word)
    for part in parts:
        key = key + literal(":") + cast(part, String)
    return key


def not_reached(session: Session, now: datetime, request: ReportRequest, why: str) -> None:
    """Nobody of the household could be asked: the worker hears at once, with the reason, not after the deadline."""
    request.status, request.why = RequestStatus.UNREACHABLE, why
    still_silent(session, now, request)


def prompt_lost(session: Session, now: datetime, request: ReportRequest, why: str) -> None:
    """A prompt could not be delivered: another phone is tried.

    The household is unreachable unless somebody of it was or will be asked, or it is one of many.
    """
    alive = exists().where(
        OutboxMessage.about == f"request:{request.id}",
        OutboxMessage.template == "prompt",
        OutboxMessage.state.in_(LIVING),
    )
    if request.status is not RequestStatus.DUE or request.asked_at is not None or session.scalar(select(alive)):
        return
    if not _ask_elsewhere(session, now, request) and not is_held(session, now, request):
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
    """Opens, or joins, the alarm about a household's silence; those of one grid are told in one message."""
    one = Silence.of(request)
    raise_alarm(
        session,
        now,
        kind=one.kind,
        severity=Severity.ROUTINE,
        household_id=one.household_id,
        grid_id=one.grid_id,
        request_id=one.request_id,
        bundle=one.bundle,
        detail=one.detail,
    )


def _accounts(session: Session, request: ReportRequest) -> list[Account]:
    doors = answering(session, [request.household_id])
    return list(session.scalars(select(Account).join(doors, doors.c.account_id == Account.id).order_by(Account.id)))
