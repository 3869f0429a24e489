"""The tick: questions are told, asked about once more, and passed up; many about one notice are one message."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from models import Account, Area, Enquiry, Notice, OutboxMessage
from rules.enquiries import GATHER, GOES_UP, LOOK_AGAIN, OPEN, Act, EnquiryState, Heard, Look, look, next_look, rings_at
from rules.mail import MailState, Priority
from rules.ways import LIVING
from services.changes import bring_up_to_date
from services.enquiries.addressing import Addressee, Addressing, askers_chat
from services.enquiries.asking import ABOUT, note
from services.enquiries.finding import last_words
from services.mailbox import post, say
from services.policy import policy_at
from services.words import Value

AT_ONCE = 200
"""Questions in one transaction."""
REFRESH = timedelta(seconds=10)
"""The list in somebody's chat changes at most this often because of further questions."""
TEMPLATE = "enquiries"
PAST = "enquiries_past"
"""What a message is about that a newer one took the place of: it stays as it is."""

Due = tuple[Enquiry, Look, Addressee]
_NOTED = {Act.TELL: Heard.TOLD, Act.REMIND: Heard.REMINDED, Act.UP: Heard.UP}


def go_on_with_enquiries(session: Session, now: datetime) -> dict[str, int]:
    """The tick: whatever is due, at most `AT_ONCE`; one message for each notice and reader."""
    due = _claimed(session, now)
    counts = {"enquiries": len(due), "told": 0, "left": int(len(due) >= AT_ONCE)}
    rings: dict[tuple[int, int], list[Due]] = defaultdict(list)
    addressing = Addressing(session, now)
    for one in due:
        policy = policy_at(session, one.node_id)
        if policy.awake(now) > now:
            one.next_at = policy.awake(now)
            continue
        what, found = _what(addressing, one, session.get_one(Notice, one.notice_id))
        if found is None:
            one.next_at = now + LOOK_AGAIN
        else:
            rings[one.notice_id, found.account.id].append((one, what, found))
    for some in rings.values():
        counts["told"] += _ring(session, now, some)
    session.flush()
    return counts


def _claimed(session: Session, now: datetime) -> Sequence[Enquiry]:
    """What is due and nobody else does: taken by compare and swap. With what rings anyway comes what would soon: the
    other questions about the same notice at the same level that are as far, and those that nobody was told of.
    """
    due = select(Enquiry.id).where(Enquiry.next_at <= now).order_by(Enquiry.next_at, Enquiry.id).limit(AT_ONCE)
    first = _take(session, Enquiry.id.in_(due) & (Enquiry.next_at <= now))
    places = {(one.notice_id, one.node_id, one.state) for one in first if one.state is not EnquiryState.ASKED}
    alike = [
        (Enquiry.notice_id == notice) & (Enquiry.node_id == node) & Enquiry.state.in_({state, EnquiryState.ASKED})
        for notice, node, state in sorted(places)
    ]
    more = _take(session, or_(*alike) & (Enquiry.next_at <= now + GATHER)) if alike else []
    return [*first, *more]


def _take(session: Session, which: ColumnElement[bool]) -> Sequence[Enquiry]:
    mine = update(Enquiry).where(which).values(next_at=None).returning(Enquiry.id)
    numbers = session.scalars(mine, execution_options={"synchronize_session": False}).all()
    if not numbers:
        return []
    found = select(Enquiry).where(Enquiry.id.in_(numbers)).order_by(Enquiry.id)
    return session.scalars(found, execution_options={"populate_existing": True}).all()


def _what(addressing: Addressing, one: Enquiry, notice: Notice) -> tuple[Look, Addressee | None]:
    """What is to be done with one, and with whom."""
    if one.state is EnquiryState.REMINDED:
        above = addressing.of(one, notice, up=True)
        if above is not None:
            return GOES_UP, above
    found = addressing.of(one, notice)
    return (GOES_UP if found and found.up else look(one.state, above=False)), found


def _ring(session: Session, now: datetime, some: Sequence[Due]) -> int:
    """Tells one reader of all that is due about one notice; how many were told. New ones alone wait for each other."""
    account, notice_id = some[0][2].account, some[0][0].notice_id
    if all(what.act is Act.TELL for _, what, _ in some):
        at = rings_at(now, _rung_at(session, notice_id, account))
        if at > now:
            for one, _, found in some:
                one.next_at = policy_at(session, found.node.id).awake(at)
            session.flush()
            bring_up_to_date(session, now, f"{ABOUT}:{notice_id}", due_at=now + REFRESH)
            return 0
    _retire(session, notice_id, account)
    came = [session.get_one(Area, one.node_id).name for one, what, _ in some if what.act is Act.UP]
    args = {"from": came[0] if came else "", "again": any(what.act is Act.REMIND for _, what, _ in some)}
    for one, what, found in some:
        _told(session, now, one, what, found)
    session.flush()
    post(session, now, account, Priority.PROMPT, TEMPLATE, about=f"{ABOUT}:{notice_id}", args=args)
    return len(some)


def _told(session: Session, now: datetime, one: Enquiry, what: Look, found: Addressee) -> None:
    """Where it stands now; who asked hears that it went up."""
    if what.act is Act.UP:
        one.node_id, one.came_at = found.node.id, now
        _say_where(session, now, one, found.node)
    one.state, one.next_at = what.then, next_look(now, what.patience, policy_at(session, found.node.id))
    one.holder_id, one.told_in, one.told_at = found.person_id, found.account.id, now
    note(session, now, one, _NOTED[what.act], found.person_id)


def _say_where(session: Session, now: datetime, one: Enquiry, node: Area) -> None:
    """Who asked hears that somebody else has it now."""
    asker = askers_chat(session, one)
    if asker is None:
        return
    due_at = policy_at(session, one.area_id).awake(now)
    said: dict[str, Value] = {"words": last_words(session, [one.id]).get(one.id, ""), "area": node.name}
    say(session, now, asker, "enquiry-went-up", said, priority=Priority.PROMPT, due_at=due_at)


def _rung_at(session: Session, notice_id: int, account: Account) -> datetime | None:
    """When this chat was last told of questions about a notice, by a message that arrived or is about to."""
    told = select(OutboxMessage.created_at).where(
        OutboxMessage.about == f"{ABOUT}:{notice_id}",
        OutboxMessage.account_id == account.id,
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state.in_(LIVING),
    )
    return session.scalar(told.order_by(OutboxMessage.id.desc()).limit(1))


def _retire(session: Session, notice_id: int, account: Account) -> None:
    """The message before stays as it is: only the newest says what is open."""
    before = update(OutboxMessage).where(
        OutboxMessage.about == f"{ABOUT}:{notice_id}",
        OutboxMessage.account_id == account.id,
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.SENT,
    )
    past = before.values(about=f"{PAST}:{notice_id}")
    session.execute(past, execution_options={"synchronize_session": False})


def lost(session: Session, now: datetime, notice_id: int, account_id: int) -> None:
    """The message about questions cannot arrive: whoever comes next is told at once."""
    mine = (Enquiry.notice_id == notice_id) & (Enquiry.told_in == account_id) & Enquiry.state.in_(OPEN)
    for one in session.scalars(select(Enquiry).where(mine)):
        note(session, now, one, Heard.LOST, one.holder_id)
        one.state, one.next_at, one.told_in, one.told_at = EnquiryState.ASKED, now, None, None
    session.flush()
