"""A notice as it leaves: held while it is paused; never sent, and counted so, when there is no point in it any more or
its reader has asked for quiet meanwhile (/stop).

Most of what waits is put aside by the parts of services/notice_sweeps.py. What leaves before its part is done, or was
tried and is tried again, is caught here.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Account, Notice, NoticeCopy, OutboxMessage
from rules.mail import HELD
from rules.notice_life import ENDED, NoticeState
from services import bundling
from services.copies import TEMPLATE
from services.mailbox import subject_of
from services.receipts import never_sent
from services.ways import declines


def held_back(session: Session, now: datetime, message: OutboxMessage) -> datetime | None:
    """When a copy of a paused notice is due: when somebody lets it go. Of several in one message the others go out."""
    if message.edits_id is not None:
        return None
    if message.template == bundling.TEMPLATE:
        _sift(session, now, message)
    elif message.template == TEMPLATE and notice_of(session, message).state is NoticeState.PAUSED:
        return HELD
    return None


def passed_over(session: Session, now: datetime, message: OutboxMessage) -> None:
    """It is not sent: where its notice has ended, or its reader has asked for quiet, the copy counts as dropped."""
    if message.template != TEMPLATE or message.edits_id is not None:
        return
    quiet = declines(session, session.get_one(Account, message.account_id), message)
    if quiet or notice_of(session, message).state in ENDED:
        never_sent(session, now, [int(subject_of(message.about)[1])])


def notice_of(session: Session, message: OutboxMessage) -> Notice:
    """The notice of which this is a copy."""
    copy = session.get_one(NoticeCopy, int(subject_of(message.about)[1]))
    return session.get_one(Notice, copy.notice_id)


def _sift(session: Session, now: datetime, message: OutboxMessage) -> None:
    copies = [session.get_one(NoticeCopy, number) for number in message.args["copies"]]
    notices = {copy.id: session.get_one(Notice, copy.notice_id) for copy in copies}
    quiet = session.get_one(Account, message.account_id).stopped
    over = [number for number, one in notices.items() if one.state in ENDED or (quiet and not one.is_order)]
    if paused := [copy for copy in copies if notices[copy.id].state is NoticeState.PAUSED and copy.id not in over]:
        bundling.take_out(session, now, message, paused)
    if over:
        never_sent(session, now, over)
        message.args = {"copies": [number for number in message.args["copies"] if number not in over]}
