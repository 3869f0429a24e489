"""Notices from a grid head to every door, and back as receipts (通知, 回执)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, String, cast, func, insert, literal, select
from sqlalchemy.orm import Session

from models import Account, Area, Household, Notice, NoticeCopy, Resident
from rules.mail import Priority
from rules.quiet import release
from services.audit import record
from services.mailbox import bring_up_to_date, post, post_many
from services.policy import policy_at

REFRESH = timedelta(seconds=3)
"""The live count in the head's own message changes at most this often."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """How far a notice has come; counts of people."""

    people: int
    sent: int
    read: int
    failed: int


def audience(session: Session, area: Area) -> int:
    """How many people below an area would get a notice."""
    return session.scalar(select(func.count()).select_from(_readers(area).subquery())) or 0


def publish(session: Session, now: datetime, *, author_id: int, account: Account, area: Area, body: str) -> Notice:
    """Owes a copy to every joined resident below `area` (one a person), and a live count to the author."""
    notice = Notice(author_id=author_id, area_id=area.id, body=body, created_at=now)
    session.add(notice)
    session.flush()
    readers = _readers(area).subquery()
    session.execute(
        insert(NoticeCopy).from_select(
            ["notice_id", "person_id", "account_id"],
            select(literal(notice.id), readers.c.person_id, readers.c.account_id),
        )
    )
    policy = policy_at(session, area.id)
    post_many(
        session,
        now,
        select(NoticeCopy)
        .join(Account, Account.id == NoticeCopy.account_id)
        .where(NoticeCopy.notice_id == notice.id)
        .order_by(NoticeCopy.id),
        Priority.NOTICE,
        "notice",
        about=literal("notice_copy:") + cast(NoticeCopy.id, String),
        dedupe_key=literal("notice:") + cast(NoticeCopy.id, String),
        due_at=release(now, policy.quiet_from, policy.quiet_to, policy.timezone),
    )
    post(session, now, account, Priority.REPLY, "funnel", about=f"notice:{notice.id}")
    record(session, now, actor_id=author_id, act="notice", subject=f"area:{area.id}", notice=notice.id)
    return notice


def _readers(area: Area) -> Select[int, int]:
    """One reachable account of every resident below the area."""
    return (
        select(Resident.person_id.label("person_id"), func.max(Account.id).label("account_id"))
        .join(Household, Household.id == Resident.household_id)
        .join(Area, Area.id == Household.area_id)
        .join(Account, Account.person_id == Resident.person_id)
        .where(Area.path.startswith(area.path, autoescape=True), Account.reachable, ~Account.stopped)
        .group_by(Resident.person_id)
    )


def acknowledge(session: Session, now: datetime, copy: NoticeCopy) -> bool:
    """The person presses 收到; False when they had done so before."""
    if copy.read_at:
        return False
    copy.read_at = now
    session.flush()
    bring_up_to_date(session, now, f"notice_copy:{copy.id}")
    show_progress(session, now, copy.notice_id)
    return True


def receipts(session: Session, notice_id: int) -> Receipts:
    """The counts of a notice."""
    row = session.execute(
        select(
            func.count(),
            func.count(NoticeCopy.sent_at),
            func.count(NoticeCopy.read_at),
            func.count(NoticeCopy.failed),
        ).where(NoticeCopy.notice_id == notice_id)
    ).one()
    return Receipts(*row)


def show_progress(session: Session, now: datetime, notice_id: int) -> None:
    """Brings the author's own message up to date, not oftener than every `REFRESH`."""
    bring_up_to_date(session, now, f"notice:{notice_id}", due_at=now + REFRESH)
