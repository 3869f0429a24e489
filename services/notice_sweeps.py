"""What goes over all copies of a notice, part by part: messages held, let go, dropped, changed; readers reminded.

Each part is a transaction of its own. Where the next one begins stands on the sweep; whoever moves that mark on does
the part. What is to be done is read from the notice as it stands then, so a part done late does what is true.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from models import Account, Area, Household, Notice, NoticeCopy, NoticeSweep, OutboxMessage
from models.statements import rows_changed
from rules.mail import HELD, MailState, Priority
from rules.notice_life import ENDED, REMIND_EVERY, NoticeState, Sweep
from services.mailbox import post
from services.mass_edits import owe_edits
from services.owing import leaves_at
from services.receipts import never_sent, undecided

PART = 1000
"""Copies, or a few more: those of one household are never parted."""
CHANGED = "notice_changed"
"""The template of a text that was changed or taken back."""


def sweep(session: Session, now: datetime, copies: int = PART) -> dict[str, int]:
    """The tick: the next part of the sweep that has waited longest."""
    due = select(NoticeSweep).where(NoticeSweep.next_at <= now).order_by(NoticeSweep.next_at, NoticeSweep.id).limit(1)
    one = session.scalar(due)
    if one is None:
        return {"copies": 0, "left": 0}
    notice = session.get_one(Notice, one.notice_id)
    first, (found, last) = one.upto, _end_of_part(session, one, notice, copies)
    mine = (NoticeSweep.id == one.id) & (NoticeSweep.upto == first) & NoticeSweep.next_at.is_not(None)
    end = {"upto": last, "next_at": now if found == copies else None}
    if not rows_changed(session, update(NoticeSweep).where(mine).values(end)):
        return {"copies": 0, "left": 1}
    part = (NoticeCopy.notice_id == notice.id) & (NoticeCopy.household_id > first) & (NoticeCopy.household_id <= last)
    done = _WORK[one.what](session, now, notice, part & _within(session, one, notice))
    one.done += done
    return {"copies": done, "left": 1}


def _end_of_part(session: Session, one: NoticeSweep, notice: Notice, copies: int) -> tuple[int, int]:
    """How many copies the next part has, at most so many, and the last household of it."""
    coming = (
        select(NoticeCopy.household_id)
        .where(NoticeCopy.notice_id == notice.id, NoticeCopy.household_id > one.upto)
        .order_by(NoticeCopy.household_id)
        .limit(copies)
    )
    if one.area_id != notice.area_id:
        coming = coming.where(NoticeCopy.household_id <= last_door(session, session.get_one(Area, one.area_id)))
    rows = coming.subquery()
    found, last = session.execute(select(func.count(), func.max(rows.c.household_id))).one()
    return found, one.upto if last is None else last


def last_door(session: Session, area: Area) -> int:
    """The greatest number of a household in an area."""
    return session.scalar(_doors(func.max(Household.id), area)) or 0


def first_door(session: Session, area: Area) -> int:
    """The smallest one."""
    return session.scalar(_doors(func.min(Household.id), area)) or 0


def _doors(what: Any, area: Area) -> Any:
    below = Area.path.startswith(area.path, autoescape=True)
    return select(what).join(Area, Area.id == Household.area_id).where(below)


def _within(session: Session, one: NoticeSweep, notice: Notice) -> ColumnElement[bool]:
    """The condition that a copy is one of the sweep's area."""
    if one.area_id == notice.area_id:
        return NoticeCopy.id > 0
    path = session.get_one(Area, one.area_id).path
    return NoticeCopy.area_id.in_(select(Area.id).where(Area.path.startswith(path, autoescape=True)))


def _mail(session: Session, now: datetime, notice: Notice, part: ColumnElement[bool]) -> int:
    """What has not left: held while its notice is paused, dropped when that has ended, let go otherwise."""
    copies = session.execute(select(NoticeCopy.id, NoticeCopy.bundle_id).where(part, undecided())).all()
    if notice.state in ENDED:
        return _drop(session, now, copies)
    owed = _owed([f"notice_copy:{number}" for number, bundle in copies if bundle is None])
    if notice.state is NoticeState.PAUSED:
        return rows_changed(session, update(OutboxMessage).where(owed).values(due_at=HELD, waits=True))
    due = leaves_at(session, now, notice)
    owed &= OutboxMessage.due_at == HELD
    return rows_changed(session, update(OutboxMessage).where(owed).values(due_at=due, waits=due > now))


def _drop(session: Session, now: datetime, copies: Sequence[Any]) -> int:
    """None of these is sent any more, unless it is on its way just now; of several in one message the others are."""
    alone = {f"notice_copy:{number}": number for number, bundle in copies if bundle is None}
    gone = update(OutboxMessage).where(_owed(list(alone))).values(state=MailState.DROPPED)
    dropped = {alone[about or ""] for about in session.scalars(gone.returning(OutboxMessage.about))}
    dropped |= _never_owed(session, alone)
    together = _owed([f"notice_bundle:{bundle}" for bundle in {bundle for _, bundle in copies if bundle is not None}])
    # Written without a change, so that a claim which takes it at this instant is done again.
    kept = update(OutboxMessage).where(together).values(due_at=OutboxMessage.due_at).returning(OutboxMessage.about)
    waiting = {int((about or "").partition(":")[2]) for about in session.scalars(kept)}
    dropped |= {number for number, bundle in copies if bundle in waiting}
    return never_sent(session, now, sorted(dropped)) if dropped else 0


def _never_owed(session: Session, abouts: Mapping[str, int]) -> set[int]:
    """The copies that stood in line when their notice ended: nobody has written a message about them."""
    mail = OutboxMessage.about.in_(abouts) & OutboxMessage.edits_id.is_(None)
    owed = set(session.scalars(select(OutboxMessage.about).where(mail)))
    return {number for about, number in abouts.items() if about not in owed}


def _owed(abouts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a message is one about these and has not left."""
    return (
        OutboxMessage.about.in_(abouts) & OutboxMessage.edits_id.is_(None) & (OutboxMessage.state == MailState.PENDING)
    )


def _edits(session: Session, now: datetime, notice: Notice, part: ColumnElement[bool]) -> int:
    """What has left, or is on its way, says what its notice says now; at the pace of notices, and not at night."""
    rows = session.execute(select(NoticeCopy.id, NoticeCopy.bundle_id).where(part, NoticeCopy.dropped_at.is_(None)))
    abouts = sorted(
        {f"notice_copy:{number}" if bundle is None else f"notice_bundle:{bundle}" for number, bundle in rows}
    )
    due = leaves_at(session, now, notice)
    return owe_edits(session, now, abouts, Priority.NOTICE, CHANGED, due)


def _remind(session: Session, now: datetime, notice: Notice, part: ColumnElement[bool]) -> int:
    """Who has had it and has not read it hears of it again, at most every `REMIND_EVERY`."""
    if notice.state is NoticeState.WITHDRAWN:
        return 0
    unread = NoticeCopy.sent_at.is_not(None) & NoticeCopy.read_at.is_(None)
    long_ago = NoticeCopy.reminded_at.is_(None) | (NoticeCopy.reminded_at <= now - REMIND_EVERY)
    whom = update(NoticeCopy).where(part, unread, long_ago).values(reminded_at=now)
    copies = session.execute(whom.returning(NoticeCopy.id, NoticeCopy.account_id)).all()
    chats = select(Account).where(Account.id.in_({account for _, account in copies}), Account.reachable)
    reachable = {account.id: account for account in session.scalars(chats)}
    due = leaves_at(session, now, notice)
    for number, account_id in sorted(copies):
        if account := reachable.get(account_id):
            about = f"notice_reminder:{number}"
            post(session, now, account, Priority.NOTICE, "notice_reminder", about=about, due_at=due)
    return sum(account_id in reachable for _, account_id in copies)


_WORK = {Sweep.MAIL: _mail, Sweep.EDITS: _edits, Sweep.REMIND: _remind}
