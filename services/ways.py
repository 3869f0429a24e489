"""The ways to a person, kept in order, and a message that goes on by the next when one does not take it (ADR 101)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models import Account, Bot, DirectiveStep, Enquiry, Notice, NoticeCopy, OutboxMessage
from models.mail import COUNTED
from rules.mail import MailState, Priority
from rules.ways import GOES_ON, LIVING, OF_ITS_CHAT, Way, beside, in_order, next_way
from services.changes import not_left
from services.hours import GATHERED
from services.mailbox import post, subject_of
from services.owing import step_out
from services.passed_over import join_digest
from services.window import is_open, may_send

_KEY = "way:"


def put_in_order(session: Session, now: datetime, person_id: int) -> list[Account]:
    """Finds anew in which of their chats a person is told; all of these, the first first.

    Called where one was heard, lost, chosen, joined or put away. Whoever changes the first writes two rows, so that of
    two transactions that do so at one time one is run again.
    """
    accounts, ordered = _ways_of(session, now, person_id)
    second, moved = beside(ordered), False
    for at, way in enumerate(ordered):
        account = accounts[way.number]
        if account.told_here != (at == 0):
            moved = True
            account.told_here = at == 0
            # The alerts that were not answered here may be old, and were perhaps answered elsewhere.
            account.unanswered, account.unanswered_at = 0, None
        if account.beside != (way is second):
            account.beside = way is second
    found = [accounts[way.number] for way in ordered]
    if moved and len(found) > 1:
        _lists_follow(session, found[0], found[1:])
    return found


def heard(session: Session, now: datetime, account: Account) -> None:
    """Somebody wrote from here: where that is not the first of their chats, it may be from now on."""
    if account.person_id is None or account.told_here:
        return
    for one in put_in_order(session, now, account.person_id):
        one.unanswered, one.unanswered_at = 0, None


def choose(session: Session, now: datetime, account: Account, *, here: bool) -> None:
    """The person wants to be told here, wherever they write; or where they wrote last."""
    if account.person_id is None:
        return
    for one in session.scalars(select(Account).where(Account.person_id == account.person_id)):
        one.chosen = here and one is account
    put_in_order(session, now, account.person_id)


def send_beside(session: Session, now: datetime, first: OutboxMessage, account: Account) -> None:
    """An emergency that was owed to one chat of a person is owed to a second one too."""
    _post_at(session, now, first, account, _token(session, first), first.due_at)


def goes_on(session: Session, now: datetime, message: OutboxMessage, person_id: int | None = None) -> bool:
    """Whether a message that was not delivered is owed, or was told, by another way to the same person.

    It is owed there at once where a way is left, once a chat, whatever happens twice or at one time: the key of a
    message on a further way is that of the first with the chat's number. `person_id` is whose it was, where the chat is
    nobody's any more.
    """
    if message.edits_id is not None or message.template in OF_ITS_CHAT or not GOES_ON[Priority(message.priority)]:
        return False
    lost_at = session.get_one(Account, message.account_id)
    person = person_id or lost_at.person_id
    if person is None or (person_id is None and message.priority > Priority.ALERT and _has_no_other(lost_at)):
        return False
    accounts, ordered = _ways_of(session, now, person)
    if not [way for way in ordered if way.reachable and way.number != lost_at.id]:
        return False
    token = _token(session, message)
    same = _same(session, token, [*accounts, lost_at.id])
    if any(one.state in LIVING for one in same if one is not message):
        message.state = MailState.MOVED
        return True
    tried = {lost_at.id, *(one.account_id for one in same)}
    able = [way for way in ordered if not declines(session, accounts[way.number], message)]
    way = next_way(able, tried)
    if way is None:
        return False
    message.state = MailState.MOVED
    _go_on_at(session, now, message, accounts[way.number], token)
    return True


def goes_elsewhere(session: Session, now: datetime, message: OutboxMessage, account: Account, pushes: int) -> bool:
    """Whether a message that does not fit the window of its chat as it leaves goes to another chat of the person.

    Not from a chat that they chose, and not where it was owed on two ways, or is an answer.
    """
    if message.edits_id is not None or account.chosen or account.person_id is None:
        return False
    if message.template in OF_ITS_CHAT or not GOES_ON[Priority(message.priority)]:
        return False
    accounts, ordered = _ways_of(session, now, account.person_id)
    if len(accounts) < 2 or len(_same(session, _token(session, message), list(accounts))) > 1:
        return False
    if not is_open(account, now):
        put_in_order(session, now, account.person_id)
    priority = Priority(message.priority)
    for way in ordered:
        other = accounts[way.number]
        fits = way.reachable and (not _windowed(session, other) or may_send(other, now, priority, pushes))
        if other is not account and fits and not declines(session, other, message):
            readdress(session, message, account, other)
            message.account_id, message.bot = other.id, other.bot
            return True
    return False


def _ways_of(session: Session, now: datetime, person_id: int) -> tuple[Mapping[int, Account], list[Way]]:
    rows = session.execute(
        select(Account, Bot.channel, Bot.windowed)
        .join(Bot, Bot.name == Account.bot)
        .where(Account.person_id == person_id)
        .order_by(Account.id)
    ).all()
    ways = [
        Way(
            account.id,
            channel,
            account.reachable,
            account.chosen,
            not windowed or is_open(account, now),
            account.last_seen_at,
        )
        for account, channel, windowed in rows
    ]
    return {row[0].id: row[0] for row in rows}, in_order(ways)


def _lists_follow(session: Session, first: Account, others: Sequence[Account]) -> None:
    """What still gathers goes where the person is told now: a chat of its own for what joins it would tell it twice."""
    waits = (OutboxMessage.state == MailState.PENDING) & OutboxMessage.sent_at.is_(None) & COUNTED
    gathers = OutboxMessage.template.in_(["digest", GATHERED]) & OutboxMessage.dedupe_key.is_(None)
    theirs = OutboxMessage.account_id.in_([one.id for one in others])
    session.execute(update(OutboxMessage).where(theirs, waits, gathers).values(account_id=first.id, bot=first.bot))


def _has_no_other(account: Account) -> bool:
    """Whether it is known without asking: the first of the ways cannot be reached, so none can."""
    return account.told_here and not account.reachable


def _windowed(session: Session, account: Account) -> bool:
    return session.get_one(Bot, account.bot).windowed


def declines(session: Session, account: Account, message: OutboxMessage) -> bool:
    """Who has asked for quiet in a chat (/stop) gets no notice there but an order."""
    kind, number = subject_of(message.about)
    if not account.stopped or kind not in {"notice_copy", "notice_bundle"}:
        return False
    copy = session.get_one(NoticeCopy, int(number))
    return not session.get_one(Notice, copy.notice_id).is_order


def _token(session: Session, message: OutboxMessage) -> str:
    """What is common to one message on all its ways."""
    key = message.dedupe_key
    if key and key.startswith(_KEY):
        return key.removeprefix(_KEY).rpartition("/")[0]
    if key is None:
        session.flush()
    return key or f"#{message.id}"


def _same(session: Session, token: str, accounts: Sequence[int]) -> Sequence[OutboxMessage]:
    """One message on all its ways."""
    keys = [token, *(_key_at(token, number) for number in accounts)]
    first = OutboxMessage.id == int(token[1:]) if token.startswith("#") else OutboxMessage.dedupe_key == token
    return session.scalars(select(OutboxMessage).where(or_(first, OutboxMessage.dedupe_key.in_(keys)))).all()


def _key_at(token: str, account_id: int) -> str:
    return f"{_KEY}{token}/{account_id}"


def _go_on_at(session: Session, now: datetime, message: OutboxMessage, account: Account, token: str) -> None:
    readdress(session, message, session.get_one(Account, message.account_id), account)
    if message.template == "digest":
        mine = not_left("digest", [message.about or ""]).where(OutboxMessage.account_id == account.id)
        waiting = session.scalar(mine.limit(1))
        if waiting is not None:  # it is written as it leaves, of what is so by then
            join_digest(waiting, message.args)
            return
    _post_at(session, now, message, account, token, max(now, message.due_at))


def _post_at(
    session: Session, now: datetime, message: OutboxMessage, account: Account, token: str, due_at: datetime
) -> None:
    post(
        session,
        now,
        account,
        Priority(message.priority),
        message.template,
        args=dict(message.args),
        about=message.about,
        dedupe_key=_key_at(token, account.id),
        due_at=due_at,
        counted=message.counted,
    )


def readdress(session: Session, message: OutboxMessage, old: Account, new: Account) -> None:
    """Records that name the chat of what was sent name the new one."""
    kind, number = subject_of(message.about)
    if kind == "directive_step":
        mine = (DirectiveStep.id == int(number)) & (DirectiveStep.account_id == old.id)
        session.execute(update(DirectiveStep).where(mine).values(account_id=new.id))
    elif kind == "enquiries":
        theirs = (Enquiry.notice_id == int(number)) & (Enquiry.told_in == old.id)
        session.execute(update(Enquiry).where(theirs).values(told_in=new.id))
    elif kind in {"notice_copy", "notice_bundle"}:
        copies = message.args.get("copies", [int(number)])
        for copy in session.scalars(select(NoticeCopy).where(NoticeCopy.id.in_(copies))):
            copy.account_id = new.id
            step_out(session, copy)  # the new chat's bot may have others of the same part in line
