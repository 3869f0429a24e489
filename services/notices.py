"""Notices from a grid head to every door, and back as receipts (通知, 回执)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, String, cast, exists, func, insert, literal, select
from sqlalchemy.orm import Session

from models import Account, Area, Household, Notice, NoticeCopy, Resident
from rules.mail import Priority
from rules.quiet import release
from services.audit import record
from services.mailbox import bring_up_to_date, post, post_many
from services.policy import policy_at

REFRESH = timedelta(seconds=3)
"""The live count in the head's own message changes at most this often."""

GROUP_REFRESH = timedelta(seconds=30)
"""The count under a post in a group: a group is given 20 messages a minute, for everything."""


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


def publish(
    session: Session,
    now: datetime,
    *,
    author_id: int,
    account: Account,
    area: Area,
    body: str,
    group: Account | None = None,
) -> Notice:
    """Owes a copy to every joined resident below `area` (one a person), or one post in the area's own `group`.

    The author gets a live count.
    """
    notice = Notice(
        author_id=author_id, area_id=area.id, body=body, group_id=group.id if group else None, created_at=now
    )
    session.add(notice)
    session.flush()
    if group:
        about, due_at = f"group_notice:{notice.id}", _awake(session, now, area.id)
        post(session, now, group, Priority.NOTICE, "group_notice", about=about, dedupe_key=about, due_at=due_at)
    else:
        send_to_doors(session, now, notice)
    post(session, now, account, Priority.REPLY, "funnel", about=f"notice:{notice.id}")
    record(session, now, actor_id=author_id, act="notice", subject=f"area:{area.id}", notice=notice.id)
    return notice


def send_to_doors(session: Session, now: datetime, notice: Notice) -> None:
    """Owes a copy to every joined resident below the notice's area, one a person."""
    readers = _readers(session.get_one(Area, notice.area_id)).subquery()
    has_one = exists().where(NoticeCopy.notice_id == notice.id, NoticeCopy.person_id == readers.c.person_id)
    session.execute(
        insert(NoticeCopy).from_select(
            ["notice_id", "person_id", "account_id"],
            select(literal(notice.id), readers.c.person_id, readers.c.account_id).where(~has_one),
        )
    )
    post_many(
        session,
        now,
        select(NoticeCopy)
        .join(Account, Account.id == NoticeCopy.account_id)
        .where(NoticeCopy.notice_id == notice.id, NoticeCopy.read_at.is_(None))
        .order_by(NoticeCopy.id),
        Priority.NOTICE,
        "notice",
        about=literal("notice_copy:") + cast(NoticeCopy.id, String),
        dedupe_key=literal("notice:") + cast(NoticeCopy.id, String),
        due_at=_awake(session, now, notice.area_id),
    )


def _awake(session: Session, now: datetime, area_id: int) -> datetime:
    policy = policy_at(session, area_id)
    return release(now, policy.quiet_from, policy.quiet_to, policy.timezone)


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


def read_in_group(session: Session, now: datetime, notice: Notice, reader: Account) -> bool:
    """A resident of the notice's area presses 收到 in its group; False for anybody else, and the second time."""
    lives_there = select(Resident.id).join(Household).join(Area, Area.id == Household.area_id)
    path = session.get_one(Area, notice.area_id).path
    resident = lives_there.where(Resident.person_id == reader.person_id, Area.path.startswith(path, autoescape=True))
    if reader.person_id is None or not session.scalar(select(resident.exists())):
        return False
    mine = (NoticeCopy.notice_id == notice.id) & (NoticeCopy.person_id == reader.person_id)
    copy = session.scalar(select(NoticeCopy).where(mine))
    if copy is None:
        copy = NoticeCopy(
            notice_id=notice.id, person_id=reader.person_id, account_id=reader.id, sent_at=notice.posted_at
        )
        session.add(copy)
        session.flush()
    if not acknowledge(session, now, copy):
        return False
    bring_up_to_date(session, now, f"group_notice:{notice.id}", due_at=now + GROUP_REFRESH)
    return True


def posted(session: Session, now: datetime, notice_id: int) -> None:
    """The group has the notice."""
    notice = session.get_one(Notice, notice_id)
    notice.posted_at = notice.posted_at or now
    show_progress(session, now, notice_id)


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
