"""Somebody whom the bot could not reach is back: what they missed, told once."""

from datetime import datetime

from sqlalchemy import exists, literal, select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Household, Notice, NoticeCopy, OutboxMessage, ReportRequest, Resident
from rules.mail import Priority
from rules.notice_life import ENDED
from rules.ways import LIVING
from services.audiences import home_of
from services.enquiries.answering import bring_answers
from services.mailbox import post
from services.notices import copy_for
from services.open_alarms import opened_since
from services.owing import step_out
from services.phones import households_of
from services.receipts import can_be_tried_again, is_sent_after_all
from services.rounds import ask_late
from services.slots import latest_request, owed
from services.staff import in_force, paths


def welcome_back(session: Session, now: datetime, account: Account, since: datetime) -> None:
    """Tells in one message what could not be delivered since then; asks again for the slot that is running."""
    notices = missed_notices(session, now, account, since)
    alarms = 0
    if account.person_id is not None:
        alarms = opened_since(session, paths(session, now, account.person_id), since)
    if notices or alarms:
        args = {"notices": [one.id for one in notices], "alarms": alarms}
        post(session, now, account, Priority.REPLY, "welcome_back", args=args)
    bring_answers(session, now, account)
    for household in households_of(session, account):
        request = latest_request(session, now, household.id)
        if request and now < request.miss_at and owed(session, request.id) and not _asked(session, account, request):
            ask_late(session, now, request, account)


def missed_notices(session: Session, now: datetime, account: Account, since: datetime) -> list[Notice]:
    """Notices for this person since an instant that never arrived here, oldest first."""
    if account.person_id is None:
        return []
    person = account.person_id
    homes = session.scalars(
        select(Area.path)
        .join(Household, Household.area_id == Area.id)
        .join(Resident, Resident.household_id == Household.id)
        .where(Resident.person_id == person)
        .union(select(Area.path).join(Appointment).where(Appointment.person_id == person, in_force(now)))
    ).all()
    arrived = exists().where(
        NoticeCopy.notice_id == Notice.id, NoticeCopy.person_id == person, NoticeCopy.sent_at.is_not(None)
    )
    chosen = select(Notice, Area.path).join(Area, Area.id == Notice.area_id)
    if account.stopped:
        chosen = chosen.where(Notice.is_order)
    rows = session.execute(
        chosen.where(
            Notice.created_at >= since, Notice.group_id.is_(None), Notice.state.not_in(ENDED), ~arrived
        ).order_by(Notice.id)
    )
    near = [notice for notice, path in rows if any(home.startswith(path) for home in homes)]
    return [notice for notice in near if home_of(session, now, notice, person) is not None]


def bring(session: Session, now: datetime, account: Account, notice: Notice) -> None:
    """Owes a missed notice as a message of its own, with its receipt button."""
    copy = copy_for(session, now, notice, account)
    if copy is None:
        return
    copy.account_id = account.id
    step_out(session, copy)
    can_be_tried_again(session, now, copy.id)
    is_sent_after_all(session, now, copy.id)
    post(session, now, account, Priority.REPLY, "notice", about=f"notice_copy:{copy.id}")


def _asked(session: Session, account: Account, request: ReportRequest) -> bool:
    """Whether this chat, or another one of the same person, has had the question or is about to."""
    chats = [account.id]
    if account.person_id is not None:
        chats += session.scalars(select(Account.id).where(Account.person_id == account.person_id))
    mine = OutboxMessage.account_id.in_(chats) & (OutboxMessage.template == literal("prompt"))
    alive = OutboxMessage.state.in_(LIVING)
    return bool(session.scalar(select(exists().where(mine, alive, OutboxMessage.about == f"request:{request.id}"))))
