"""Notices from a grid head to every door, and back as receipts (通知, 回执)."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, Notice, NoticeCopy, OutboxMessage
from rules.audiences import Audience
from rules.mail import Priority
from rules.notice_life import NoticeState
from services.audiences import home_of
from services.audit import record
from services.changes import bring_all_up_to_date, bring_up_to_date
from services.mailbox import post
from services.policy import policy_at
from services.receipts import add, homes_with_copies, show_progress, was_read
from services.spreading import send_to_doors

GROUP_REFRESH = timedelta(seconds=30)
"""The count under a post in a group: a group is given 20 messages a minute, for everything."""


def publish(
    session: Session,
    now: datetime,
    *,
    author_id: int,
    account: Account,
    area: Area,
    body: str,
    group: Account | None = None,
    order: bool = False,
    directive_id: int | None = None,
    audience: Audience = Audience.HOUSEHOLDS,
    receipt: bool = True,
    file_id: int | None = None,
    confirmed_by: int | None = None,
    told_at: datetime | None = None,
) -> Notice:
    """Owes a copy to everybody of the audience below `area` who has joined (one a person), or one post in the area's
    own `group`.

    `receipt`: readers are asked to say that they read it. `file_id` is the `NoticeFile` that goes with the words. The
    author gets a live count, at `told_at`; None: now. An `order` goes to those too who asked for quiet; one that hands
    on a directive (`directive_id`) is one.
    """
    notice = Notice(
        author_id=author_id,
        area_id=area.id,
        body=body,
        audience=audience,
        receipt=receipt,
        file_id=file_id,
        confirmed_by=confirmed_by,
        group_id=group.id if group else None,
        is_order=order or directive_id is not None,
        created_at=now,
        directive_id=directive_id,
    )
    session.add(notice)
    session.flush()
    if group:
        policy = policy_at(session, area.id)
        due_at = policy.awake(now)
        about = f"group_notice:{notice.id}"
        post(session, now, group, Priority.NOTICE, "group_notice", about=about, dedupe_key=about, due_at=due_at)
    else:
        send_to_doors(session, now, notice)
    post(session, now, account, Priority.REPLY, "funnel", about=f"notice:{notice.id}", due_at=told_at)
    record(session, now, actor_id=author_id, act="notice", subject=f"area:{area.id}", notice=notice.id)
    return notice


def acknowledge(session: Session, now: datetime, copy: NoticeCopy) -> bool:
    """The person presses 收到; False when they had done so before, or when the notice was withdrawn."""
    withdrawn = session.get_one(Notice, copy.notice_id).state is NoticeState.WITHDRAWN
    if not withdrawn and not was_read(session, now, copy.id):
        return False
    shown = [f"notice_copy:{copy.id}", f"notice_reminder:{copy.id}"]
    bring_all_up_to_date(session, now, shown if copy.bundle_id is None else [*shown, f"notice_bundle:{copy.bundle_id}"])
    return not withdrawn


def copies_together(session: Session, account: Account, number: int) -> list[NoticeCopy]:
    """The copies that came in one message to this chat."""
    carrier = select(OutboxMessage).where(
        OutboxMessage.about == f"notice_bundle:{number}",
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.account_id == account.id,
    )
    message = session.scalars(carrier).first()
    return [session.get_one(NoticeCopy, one) for one in message.args["copies"]] if message else []


def read_in_group(session: Session, now: datetime, notice: Notice, reader: Account) -> bool:
    """A resident of the notice's area presses 收到 in its group; False for anybody else, and the second time."""
    copy = copy_for(session, now, notice, reader)
    if copy is None:
        return False
    if not acknowledge(session, now, copy):
        return False
    bring_up_to_date(session, now, f"group_notice:{notice.id}", due_at=now + GROUP_REFRESH)
    return True


def copy_for(session: Session, now: datetime, notice: Notice, reader: Account) -> NoticeCopy | None:
    """The copy of whoever is behind this chat, made when they have none; None for somebody for whom it is not.

    Who has read the post in the group has it from there.
    """
    mine = (NoticeCopy.notice_id == notice.id) & (NoticeCopy.person_id == reader.person_id)
    copy = session.scalar(select(NoticeCopy).where(mine))
    if copy is not None or reader.person_id is None:
        return copy
    home = home_of(session, now, notice, reader.person_id)
    if home is None:
        return None
    area_id, door = home
    if notice.spread_at is not None:  # the part with this very door may be written just now
        session.refresh(notice, with_for_update=True)
    known = not door or homes_with_copies(session, notice.id, door, door)
    place = {"notice_id": notice.id, "area_id": area_id, "household_id": door}
    copy = NoticeCopy(person_id=reader.person_id, account_id=reader.id, sent_at=notice.posted_at, **place)
    session.add(copy)
    session.flush()
    counted = {"people": 1, "sent": int(copy.sent_at is not None), "homes": int(not known)}
    add(session, {(notice.id, area_id): counted})
    return copy


def posted(session: Session, now: datetime, notice_id: int) -> None:
    """The group has the notice."""
    notice = session.get_one(Notice, notice_id)
    notice.posted_at = notice.posted_at or now
    show_progress(session, now, notice_id)
