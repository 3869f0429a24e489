"""The messages of a notice's copies, written a little ahead of the bot that brings them.

A copy is written soon after its notice was confirmed, and counts as waiting from then on; it stands in line. Its
message is written when its bot has little left to send. What stands in line is held up, put off for the night, let go,
corrected and stopped without a single message being touched, and a small notice does not wait behind a city's.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, delete, func, literal, or_, select, update
from sqlalchemy.orm import Session

from models import Account, Notice, NoticeCopy, NoticePart, OutboxMessage
from models.mail import DUE
from models.statements import rows_changed
from rules.mail import HELD, Priority
from rules.notice_life import NoticeState
from rules.standing_in_line import AHEAD, fell_back, next_turn
from services.directives.ringing import rings_at_night
from services.mailbox import post, post_many
from services.policy import policy_at
from services.receipts import made_after, undecided


def leaves_at(session: Session, now: datetime, notice: Notice) -> datetime:
    """When what is owed of a notice now may leave: in the morning, where it is night and it does not ring (UTC)."""
    return now if rings_at_night(session, notice) else policy_at(session, notice.area_id).awake(now)


def owe_at_once(session: Session, now: datetime, notice: Notice, after_copy: int) -> int:
    """Owes a message for each copy of a notice made after that one; how many."""
    return _owe(session, now, made_after(notice.id, after_copy), leaves_at(session, now, notice))


def stand_in_line(session: Session, now: datetime, notice: Notice, after_copy: int) -> None:
    """The copies of a notice made after that one wait for their bots."""
    bots = session.execute(
        select(Account.bot, func.max(NoticeCopy.id))
        .join(NoticeCopy, NoticeCopy.account_id == Account.id)
        .where(made_after(notice.id, after_copy))
        .group_by(Account.bot)
        .order_by(Account.bot)
    ).all()
    due_at = leaves_at(session, now, notice)
    for bot, last in bots:
        its_last = select(func.max(NoticePart.turn)).where(NoticePart.notice_id == notice.id, NoticePart.bot == bot)
        first = select(func.min(NoticePart.turn)).where(NoticePart.bot == bot)
        # Each by its index: of a directive to every grid thousands stand in line.
        turn = next_turn(*session.execute(select(its_last.scalar_subquery(), first.scalar_subquery())).one())
        which = {"after_copy": after_copy, "upto_copy": last}
        session.add(NoticePart(notice_id=notice.id, bot=bot, turn=turn, due_at=due_at, **which))


def owe_ahead(session: Session, now: datetime, ahead: int = AHEAD) -> dict[str, int]:
    """The tick: the messages of the next part for a bot that has fewer than `ahead` before it."""
    due = _next(now)
    for bot in session.scalars(due.with_only_columns(NoticePart.bot).distinct().order_by(NoticePart.bot)).all():
        if _before(session, bot, ahead) >= ahead:
            continue
        _go_on_beside(session, due, bot)
        part = session.scalars(due.where(NoticePart.bot == bot).order_by(NoticePart.turn, NoticePart.id).limit(1)).one()
        notice = session.get_one(Notice, part.notice_id)
        leaves = leaves_at(session, now, notice)
        if leaves > now:  # it was let go, or went on, until into the night
            theirs = (NoticePart.notice_id == notice.id) & (NoticePart.due_at < leaves)
            session.execute(update(NoticePart).where(theirs).values(due_at=leaves))
            return {"messages": 0, "left": 1}
        if not rows_changed(session, delete(NoticePart).where(NoticePart.id == part.id)):
            return {"messages": 0, "left": 1}
        copies = made_after(notice.id, part.after_copy) & (NoticeCopy.id <= part.upto_copy) & (Account.bot == bot)
        return {"messages": _owe(session, now, copies, leaves), "left": 1}
    return {"messages": 0, "left": 0}


def leave_line(session: Session, notice: Notice) -> None:
    """No message is written any more for what of a notice stands in line: it has ended."""
    session.execute(delete(NoticePart).where(NoticePart.notice_id == notice.id))


def in_line(session: Session, copies: Sequence[NoticeCopy]) -> set[int]:
    """Which of these copies stand in line, by number; until this transaction ends nobody writes their messages."""
    if not copies:
        return set()
    theirs: dict[int, list[int]] = {}
    for copy in copies:
        theirs.setdefault(copy.notice_id, []).append(copy.id)
    # Written without a change: whoever takes one of these away at this instant is run again, and sees what became of
    # its copies. A lock alone would let them go on with what they saw before.
    kept = (
        update(NoticePart)
        .where(or_(*(_some_of(notice, min(mine), max(mine)) for notice, mine in theirs.items())))
        .values(due_at=NoticePart.due_at)
        .returning(NoticePart.notice_id, NoticePart.bot, NoticePart.after_copy, NoticePart.upto_copy)
    )
    parts = session.execute(kept, execution_options={"synchronize_session": False}).all()
    chats = select(Account.id, Account.bot).where(Account.id.in_({copy.account_id for copy in copies}))
    bots = {row[0]: row[1] for row in session.execute(chats)} if parts else {}
    return {
        copy.id
        for copy in copies
        for notice_id, bot, after, upto in parts
        if copy.notice_id == notice_id and bots[copy.account_id] == bot and after < copy.id <= upto
    }


def step_out(session: Session, copy: NoticeCopy) -> None:
    """A copy that has a message of its own now stands in no line any more, at no bot."""
    for part in session.scalars(select(NoticePart).where(_some_of(copy.notice_id, copy.id, copy.id))).all():
        if part.upto_copy > copy.id:
            same = {"notice_id": part.notice_id, "bot": part.bot, "turn": part.turn, "due_at": part.due_at}
            session.add(NoticePart(**same, after_copy=copy.id, upto_copy=part.upto_copy))
        part.upto_copy = copy.id - 1
        if part.upto_copy <= part.after_copy:
            session.delete(part)
    session.flush()


def owe_to_chat(session: Session, now: datetime, account: Account) -> None:
    """What stands in line for a chat is owed to it: whoever is told elsewhere takes along what is written."""
    standing = session.scalars(select(NoticePart.notice_id).where(NoticePart.bot == account.bot).distinct()).all()
    mine = (NoticeCopy.person_id == account.person_id) & (NoticeCopy.account_id == account.id)
    copies = session.scalars(select(NoticeCopy).where(NoticeCopy.notice_id.in_(standing), mine, _wanted())).all()
    still = in_line(session, copies)
    for copy in copies:
        if copy.id in still:
            step_out(session, copy)
            notice = session.get_one(Notice, copy.notice_id)
            due_at = HELD if notice.state is NoticeState.PAUSED else leaves_at(session, now, notice)
            post(session, now, account, Priority.NOTICE, "notice", about=f"notice_copy:{copy.id}", due_at=due_at)
    session.flush()


def _some_of(notice_id: int, first: int, last: int) -> ColumnElement[bool]:
    """The condition that a part is one of a notice and may hold copies from one number to another."""
    return (NoticePart.notice_id == notice_id) & (NoticePart.after_copy < last) & (NoticePart.upto_copy >= first)


def _go_on_beside(session: Session, due: Select[NoticePart], bot: str) -> None:
    """What was held up, or waited for the morning, goes out beside what has gone on meanwhile, not before it."""
    first = due.where(NoticePart.bot == bot).with_only_columns(NoticePart.notice_id, func.min(NoticePart.turn))
    firsts = {row[0]: row[1] for row in session.execute(first.group_by(NoticePart.notice_id))}
    for notice_id, turns in fell_back(firsts).items():
        theirs = (NoticePart.notice_id == notice_id) & (NoticePart.bot == bot)
        session.execute(update(NoticePart).where(theirs).values(turn=NoticePart.turn + turns))


def _next(now: datetime) -> Select[NoticePart]:
    """The parts whose messages may be written."""
    going = Notice.state == NoticeState.SENDING
    return select(NoticePart).join(Notice, Notice.id == NoticePart.notice_id).where(going, NoticePart.due_at <= now)


def _before(session: Session, bot: str, most: int) -> int:
    """How many messages of notices a bot can send now, counted up to so many."""
    mine = select(OutboxMessage.id).where(DUE, OutboxMessage.bot == bot, OutboxMessage.priority == Priority.NOTICE)
    return session.scalar(select(func.count()).select_from(mine.limit(most).subquery())) or 0


def _owe(session: Session, now: datetime, which: ColumnElement[bool], due_at: datetime) -> int:
    """A message for each of these copies that has none and still wants one, but to nobody's chat: one may have been put
    away as the list was made.

    No key is needed: whoever writes them has just made the copies, or taken away what says that they stand in line.
    """
    return post_many(
        session,
        now,
        select(NoticeCopy)
        .join(Account, Account.id == NoticeCopy.account_id)
        .where(which, _wanted(), Account.person_id == NoticeCopy.person_id)
        .order_by(NoticeCopy.id),
        Priority.NOTICE,
        "notice",
        about=literal("notice_copy:") + cast(NoticeCopy.id, String),
        dedupe_key=None,
        due_at=due_at,
    )


def _wanted() -> ColumnElement[bool]:
    """The condition that nothing was decided of a copy, and it is in no message with others."""
    return undecided() & NoticeCopy.bundle_id.is_(None)
