"""A grid's group that is given up or cannot be reached: what was meant for it goes to every door, its head is told."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Area, GridGroup, Notice, OutboxMessage
from rules.mail import MailState, Priority
from rules.notice_life import ENDED
from rules.roles import Role
from rules.rounds import Half
from services.accounts import reachable_accounts
from services.audit import record
from services.groups import group_bound
from services.mailbox import say, subject_of
from services.reminding import remind_every_door
from services.spreading import send_to_doors
from services.staff import holders

POSTS = ("group_notice", "group_reminder")
"""The templates of what is posted in a group in place of many doors."""


def unbind(session: Session, now: datetime, bound: GridGroup, by: int | None) -> None:
    """The group is nobody's any more; what still waited for it goes to every door. `by` None: it was lost."""
    waiting = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.account_id == bound.account_id,
            OutboxMessage.state == MailState.PENDING,
            OutboxMessage.template.in_(POSTS),
        )
        .order_by(OutboxMessage.id)
    ).all()
    area_id, account_id = bound.area_id, bound.account_id
    session.delete(bound)
    session.flush()
    record(session, now, actor_id=by, act="unbind_group", subject=f"area:{area_id}", account=account_id)
    for message in waiting:
        message.state = MailState.DROPPED
        session.flush()
        if message.edits_id is None:
            _to_every_door(session, now, message)


def group_lost(session: Session, now: datetime, bound: GridGroup) -> None:
    """The bot was put out of the group, or the group is gone: it is unbound, and the grid's heads are told."""
    heads = _heads(session, now, bound.area_id) | {bound.bound_by}
    area = session.get_one(Area, bound.area_id)
    unbind(session, now, bound, by=None)
    _tell(session, now, heads, "group-lost", area)


def post_lost(session: Session, now: datetime, message: OutboxMessage) -> None:
    """One post could not be delivered: it goes to every door at once, and the grid's heads are told."""
    area = _to_every_door(session, now, message)
    account = session.get_one(Account, message.account_id)
    if account.reachable and group_bound(session, account):
        _tell(session, now, _heads(session, now, area.id), "group-post-lost", area)


def _to_every_door(session: Session, now: datetime, message: OutboxMessage) -> Area:
    kind, number = subject_of(message.about)
    if kind == "group_notice":
        notice = session.get_one(Notice, int(number))
        notice.group_id = None
        session.flush()
        if notice.state not in ENDED:
            send_to_doors(session, now, notice)
        return session.get_one(Area, notice.area_id)
    slot = message.args
    remind_every_door(session, now, int(number), date.fromisoformat(slot["day"]), Half(slot["half"]))
    return session.get_one(Area, int(number))


def _heads(session: Session, now: datetime, area_id: int) -> set[int]:
    return {one.person_id for one in holders(session, now, Role.GRID_HEAD, [area_id])}


def _tell(session: Session, now: datetime, people: set[int], key: str, area: Area) -> None:
    for account in reachable_accounts(session, people).values():
        say(session, now, account, key, {"area": area.name}, priority=Priority.REPLY)
