"""Three notices or more that wait for one person become one message, with every text whole and one 收到 for all.

Looked at where a part of a notice is written, for the doors of that part only, and only while others are going out.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Account, Notice, NoticeCopy, OutboxMessage
from rules.bundling import FEWEST, LOOKS_BACK, belong_together
from rules.mail import HELD, MailState, Priority
from rules.notice_life import NoticeState
from services.mailbox import post
from services.owing import in_line, leaves_at
from services.receipts import undecided

TEMPLATE = "notices"


@dataclass(slots=True)
class _Waiting:
    """What waits for one person: the copies that stand alone, each with its message if that is written, and the message
    of the others.
    """

    alone: list[tuple[NoticeCopy, OutboxMessage | None]] = field(default_factory=list)
    together: OutboxMessage | None = None


def bundle(session: Session, now: datetime, notice: Notice, first: int, last: int) -> int:
    """Puts together what waits behind the doors from `first` to `last`; how many messages fewer that makes."""
    newest = session.execute(
        select(Notice.id, Notice.body, Notice.state, Notice.group_id, Notice.directive_id, Notice.file_id)
        .order_by(Notice.id.desc())
        .limit(LOOKS_BACK)
    )
    bodies = {
        one.id: len(one.body)
        for one in newest
        if one.state is NoticeState.SENDING
        and one.group_id is None
        and one.directive_id is None
        and one.file_id is None
    }
    if len(bodies) < FEWEST or notice.id not in bodies:
        return 0
    saved = 0
    leaves = leaves_at(session, now, notice)
    for account_id, waiting in _waiting(session, list(bodies), first, last).items():
        saved += _put_together(session, now, account_id, waiting, bodies, leaves)
    return saved


def _waiting(session: Session, notices: Sequence[int], first: int, last: int) -> dict[int, _Waiting]:
    """By account, where at least `FEWEST` copies wait."""
    copies = session.scalars(
        select(NoticeCopy)
        .where(
            NoticeCopy.notice_id.in_(notices),
            NoticeCopy.household_id >= first,
            NoticeCopy.household_id <= last,
            undecided(),
        )
        .order_by(NoticeCopy.id)
    ).all()
    theirs: defaultdict[int, list[NoticeCopy]] = defaultdict(list)
    for copy in copies:
        theirs[copy.account_id].append(copy)
    many = {account: mine for account, mine in theirs.items() if len(mine) >= FEWEST}
    standing = in_line(session, [one for mine in many.values() for one in mine if one.bundle_id is None])
    mail = _mail(session, [about(one) for mine in many.values() for one in mine])
    found = {account: _Waiting() for account in many}
    for account, mine in many.items():
        for copy in mine:
            message = mail.get(about(copy))
            if copy.bundle_id is None and (message is not None or copy.id in standing):
                found[account].alone.append((copy, message))
            found[account].together = found[account].together or (message if copy.bundle_id is not None else None)
    return found


def about(copy: NoticeCopy) -> str:
    """What the message with this copy is about."""
    return f"notice_copy:{copy.id}" if copy.bundle_id is None else f"notice_bundle:{copy.bundle_id}"


def _mail(session: Session, abouts: Sequence[str]) -> dict[str, OutboxMessage]:
    waiting = select(OutboxMessage).where(
        OutboxMessage.about.in_(sorted(set(abouts))),
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.PENDING,
        OutboxMessage.priority == Priority.NOTICE,
    )
    return {one.about or "": one for one in session.scalars(waiting)}


def _put_together(
    session: Session, now: datetime, account_id: int, waiting: _Waiting, bodies: dict[int, int], leaves: datetime
) -> int:
    already = [] if waiting.together is None else list(waiting.together.args["copies"])
    whole = [session.get_one(NoticeCopy, number) for number in already] + [copy for copy, _ in waiting.alone]
    if not waiting.alone or not belong_together([bodies.get(copy.notice_id, 0) for copy in whole]):
        return 0
    carrier = waiting.together
    if carrier is None:
        # What was held up is let go with it: the parts that do so look at messages that stand alone.
        dues = [leaves if message is None or message.due_at == HELD else message.due_at for _, message in waiting.alone]
        due_at = min(dues)
        subject = f"notice_bundle:{whole[0].id}"
        chat = session.get_one(Account, account_id)
        carrier = post(session, now, chat, Priority.NOTICE, TEMPLATE, about=subject, due_at=due_at)
    if carrier is None:
        return 0
    number = int((carrier.about or "").partition(":")[2])
    carrier.args = {"copies": [copy.id for copy in whole]}
    for copy, message in waiting.alone:
        copy.bundle_id = number
        if message is not None:
            message.state = MailState.DROPPED
    session.flush()
    return len(waiting.alone) - int(waiting.together is None)


def take_out(session: Session, now: datetime, message: OutboxMessage, copies: Sequence[NoticeCopy]) -> None:
    """These are not told with the others, for their notices are paused: each is held as a message of its own, or where
    it stands in line.
    """
    gone = {copy.id for copy in copies}
    message.args = {"copies": [number for number in message.args["copies"] if number not in gone]}
    session.execute(update(NoticeCopy).where(NoticeCopy.id.in_(gone)).values(bundle_id=None))
    chat = session.get_one(Account, message.account_id)
    standing = in_line(session, copies)
    for copy in (one for one in copies if one.id not in standing):
        post(session, now, chat, Priority.NOTICE, "notice", about=f"notice_copy:{copy.id}", due_at=HELD)
