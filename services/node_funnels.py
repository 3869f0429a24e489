"""A notice from above at each area that it went to: whoever holds that area has one message that counts along.

The areas whose counts changed say when they are shown next (`NoticeCount.show_at`); a tick looks at those only.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Notice, NoticeCount
from rules.mail import Priority
from rules.notice_life import node_refresh
from rules.roles import LEVEL_OF_ROLE, NOTICE_ROLES
from services.accounts import reachable_accounts
from services.changes import bring_all_up_to_date
from services.mailbox import post
from services.policy import policy_at
from services.receipts import Place
from services.staff import in_force

AT_ONCE = 200
"""Areas in one transaction."""
_LEVELS = [LEVEL_OF_ROLE[role] for role in NOTICE_ROLES]


def about(notice_id: int, area_id: int) -> str:
    """What the message of an area's holder is about."""
    return f"funnel:{notice_id}/{area_id}"


def place_of(number: str) -> Place:
    """The notice and the area of such a message."""
    notice, _, area = number.partition("/")
    return int(notice), int(area)


def show_soon(session: Session, now: datetime, places: Collection[Place]) -> None:
    """The counts of these places changed: each is shown when its turn comes."""
    session.flush()
    for notice_id in sorted({notice for notice, _ in places}):
        areas = [area for notice, area in places if notice == notice_id]
        every = node_refresh(session.scalar(_nodes(notice_id)) or 0)
        held = select(Area.id).where(Area.id.in_(areas), Area.level.in_(_LEVELS))
        mine = (NoticeCount.notice_id == notice_id) & NoticeCount.area_id.in_(held) & NoticeCount.show_at.is_(None)
        below = NoticeCount.area_id != session.get_one(Notice, notice_id).area_id
        options = {"synchronize_session": False}
        first, again = NoticeCount.shown_at.is_(None), NoticeCount.shown_at <= now - every
        for which, when in ((first | again, now), (NoticeCount.shown_at > now - every, now + every)):
            session.execute(
                update(NoticeCount).where(mine, below, which).values(show_at=when), execution_options=options
            )


def show_at_nodes(session: Session, now: datetime, at_once: int = AT_ONCE) -> dict[str, int]:
    """The tick: the holders of areas whose counts changed see it; who has no message yet gets one."""
    due = select(NoticeCount).where(NoticeCount.show_at <= now).order_by(NoticeCount.show_at).limit(at_once)
    counts = session.scalars(due).all()
    first = [one for one in counts if one.shown_at is None]
    told = _tell(session, now, first) if first else 0
    again = [about(one.notice_id, one.area_id) for one in counts if one.shown_at is not None]
    shown = bring_all_up_to_date(session, now, again, priority=Priority.PROMPT) if again else 0
    for one in counts:
        one.show_at, one.shown_at = None, now
    return {"told": told, "shown": shown, "left": int(len(counts) == at_once)}


def _tell(session: Session, now: datetime, counts: Sequence[NoticeCount]) -> int:
    """The first message to everybody who holds one of these areas; how many."""
    holders = _holders(session, now, {one.area_id for one in counts})
    chats = reachable_accounts(session, {person for people in holders.values() for person in people})
    told = 0
    for one in counts:
        author = session.get_one(Notice, one.notice_id).author_id
        for account in (chats.get(person) for person in holders.get(one.area_id, ()) if person != author):
            if account is not None:
                told += _post(session, now, account, one)
    return told


def _post(session: Session, now: datetime, account: Account, one: NoticeCount) -> bool:
    subject = about(one.notice_id, one.area_id)
    when = policy_at(session, one.area_id).awake(now)
    key = f"{subject}:{account.person_id}"
    return (
        post(session, now, account, Priority.PROMPT, "funnel", about=subject, dedupe_key=key, due_at=when) is not None
    )


def _holders(session: Session, now: datetime, area_ids: Collection[int]) -> dict[int, list[int]]:
    """By area: the people who answer for it, its workers aside."""
    held = (Appointment.area_id.in_(area_ids)) & Appointment.role.in_(NOTICE_ROLES) & in_force(now)
    rows = session.execute(select(Appointment.area_id, Appointment.person_id).where(held).order_by(Appointment.id))
    found: dict[int, list[int]] = {}
    for area_id, person_id in rows:
        found.setdefault(area_id, []).append(person_id)
    return found


def _nodes(notice_id: int) -> Select[int]:
    return select(func.count()).select_from(NoticeCount).where(NoticeCount.notice_id == notice_id)
