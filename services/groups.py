"""A grid's own group: bound by the grid's head, found, moved (网格群)."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from channels.port import Address
from models import Account, AccountKind, Area, GridGroup, OutboxMessage, RejectedUpdate
from models.db import vault_of
from rules.groups import GroupCode, read_group_code
from rules.mail import MailState
from rules.roles import NOTICE_ROLES, Level
from services.accounts import account_at
from services.audit import record
from services.bots import link_to
from services.staff import appointments

LINK_LASTS = timedelta(days=1)


def own_grids(session: Session, now: datetime, person_id: int) -> list[Area]:
    """The grids whose head this person is: theirs is the group."""
    return [
        area
        for one, area in appointments(session, now, person_id)
        if one.role in NOTICE_ROLES and area.level is Level.GRID
    ]


def binding_link(session: Session, now: datetime, bot: str, area: Area, person_id: int) -> str:
    """The link by which this person brings the bot into the grid's group; "" while the bot's name is not known."""
    code = GroupCode(area.id, person_id, now + LINK_LASTS).sealed(vault_of(session).signature)
    bot_link = link_to(session, bot)
    return f"{bot_link}?startgroup={code}" if bot_link else ""


def read_code(session: Session, code: str) -> GroupCode:
    """What a binding link said; raises `BadInviteError`."""
    return read_group_code(code, vault_of(session).signature)


def group_of(session: Session, area_id: int) -> GridGroup | None:
    """The group that is bound to a grid."""
    return session.scalar(select(GridGroup).where(GridGroup.area_id == area_id))


def group_bound(session: Session, account: Account) -> GridGroup | None:
    """What a group's chat is bound to."""
    return session.get(GridGroup, account.id)


def posting_place(session: Session, area_id: int) -> Account | None:
    """The chat in which a grid's notices can be posted once."""
    bound = group_of(session, area_id)
    return session.get_one(Account, bound.account_id) if bound else None


def group_at(session: Session, address: Address) -> tuple[Account, GridGroup] | None:
    """The bound group at an address; what is not bound is nothing to us."""
    row = session.execute(
        select(Account, GridGroup)
        .join(GridGroup, GridGroup.account_id == Account.id)
        .where(Account.bot == address.bot, Account.address == address.chat)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def group_chat(session: Session, now: datetime, address: Address) -> Account:
    """The account of a group's chat, made when it is new: only for one into which a binding link was brought."""
    found = account_at(session, address)
    if found is None:
        found = Account(bot=address.bot, address=address.chat, kind=AccountKind.GROUP, created_at=now)
        session.add(found)
        session.flush()
    return found


def bind(session: Session, now: datetime, account: Account, area: Area, person_id: int) -> GridGroup:
    """Makes a group's chat the grid's own; what was bound to the grid, or by this chat, must be unbound before."""
    account.reachable, account.why_unreachable = True, None
    bound = GridGroup(account_id=account.id, area_id=area.id, bound_by=person_id, bound_at=now)
    session.add(bound)
    session.flush()
    record(session, now, actor_id=person_id, act="bind_group", subject=f"area:{area.id}", account=account.id)
    return bound


def move(session: Session, account: Account, chat: str) -> None:
    """The group goes on under another address, with its binding and with what is owed to it.

    What was sent there before cannot be edited any more: its numbers may mean other messages at the new address.
    """
    if account.address == chat:
        return
    already = account_at(session, Address(account.bot, chat))
    if already is not None:
        if session.get(GridGroup, already.id):
            return
        # A binding link was refused at the new address before we heard of the move: one chat is one account.
        for table in (OutboxMessage, RejectedUpdate):
            session.execute(update(table).where(table.account_id == already.id).values(account_id=account.id))
        session.delete(already)
        session.flush()
    account.address = chat
    mine = OutboxMessage.account_id == account.id
    edits = OutboxMessage.edits_id.is_not(None) & (OutboxMessage.state == MailState.PENDING)
    session.execute(update(OutboxMessage).where(mine, edits).values(state=MailState.DROPPED))
    session.execute(update(OutboxMessage).where(mine, OutboxMessage.external_id.is_not(None)).values(external_id=None))
