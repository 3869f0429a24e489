"""One person on two phones, two persons on one: who is told, who answers for whom."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, Subquery, select, union, update
from sqlalchemy.orm import Session

from models import (
    Account,
    AuditEntry,
    Household,
    JoinRequest,
    JoinStatus,
    OutboxMessage,
    Person,
    Resident,
    SpokenFor,
)
from models.statements import each
from rules.family import Part
from rules.mail import MailState, Priority
from services.accounts import reachable_accounts
from services.audit import record
from services.chain import first_told
from services.foresight import foreseen
from services.forms import let_go
from services.mailbox import Buttons, say
from services.owing import owe_to_chat
from services.policy import policy_at
from services.ways import goes_on, put_in_order, readdress


def answering(session: Session, household_ids: Sequence[int], **beside: Sequence[int]) -> Subquery:
    """Which accounts answer for these households (`account_id`, `household_id`): where their person lives and is one of
    those who are asked, and where those live whom they speak for.

    Somebody with several phones is one person: of their chats the one in which they are told answers.
    What is given `beside` the households, one number for each, stands beside them.
    """
    here = each(session, household_id=household_ids, **beside)
    own = (
        select(Account.id.label("account_id"), *here.c)
        .select_from(here)
        .join(Resident, Resident.household_id == here.c.household_id)
        .join(Account, Account.person_id == Resident.person_id)
        .where(Resident.part == Part.ASKED, Account.told_here)
    )
    others = (
        select(SpokenFor.account_id, *here.c)
        .select_from(here)
        .join(Resident, Resident.household_id == here.c.household_id)
        .join(SpokenFor, SpokenFor.person_id == Resident.person_id)
    )
    return union(own, others).subquery()


def phones_of(session: Session, household_ids: Collection[int]) -> dict[int, list[Account]]:
    """By household: the chats that answer for it and can be reached, oldest first."""
    found: dict[int, list[Account]] = {home: [] for home in household_ids}
    doors = answering(session, sorted(found))
    rows = session.execute(
        select(doors.c.household_id, Account)
        .join(Account, Account.id == doors.c.account_id)
        .where(Account.reachable)
        .order_by(Account.id)
    )
    for home, account in rows:
        found[home].append(account)
    return found


def account_for(session: Session, person_id: int) -> Account | None:
    """The chat in which a person is told something: their own, else one that speaks for them."""
    return accounts_for(session, [person_id]).get(person_id)


def accounts_for(session: Session, people: Collection[int]) -> dict[int, Account]:
    """The chats in which several people are told something; whoever has none is missing."""
    own = reachable_accounts(session, people)
    others = [person for person in people if person not in own]
    speaks = select(SpokenFor.person_id, Account).join(Account, Account.id == SpokenFor.account_id)
    speaks = speaks.where(SpokenFor.person_id.in_(others), Account.reachable).order_by(Account.id.desc())
    return dict(session.execute(speaks).all()) | own


def other_phones(session: Session, account: Account) -> list[Account]:
    """The other chats of the person behind an account."""
    return list(
        session.scalars(
            select(Account)
            .where(Account.person_id == account.person_id, Account.id != account.id)
            .where(Account.person_id.is_not(None))
            .order_by(Account.id)
        )
    )


def tell_other_phones(session: Session, now: datetime, account: Account) -> None:
    """Somebody has joined on one more phone: the others hear of it, and the new one may retire them."""
    for other in other_phones(session, account):
        name = session.get_one(Person, account.person_id).name
        if other.reachable:
            buttons = [[(f"notme:{account.id}", "button-not-me")]]
            say(session, now, other, "another-phone", {"name": name}, buttons, Priority.REPLY)
        buttons = [[("way:here", "button-way-here")], [(f"oldphone:{other.id}", "button-old-phone")]]
        say(session, now, account, "phone-before", None, buttons)


def unlink(session: Session, now: datetime, account: Account, by: int | None, why: str) -> None:
    """The chat is nobody's any more: nothing that waits for it is sent, nothing that was sent is brought up to date.

    Whoever was behind it stays in the register, and what waited for them goes on in another chat of theirs.
    """
    owe_to_chat(session, now, account)
    person_id = account.person_id
    account.person_id = None
    account.chosen, account.told_here, account.beside = False, True, False
    let_go(session, account)
    for one in session.scalars(select(SpokenFor).where(SpokenFor.account_id == account.id)):
        session.delete(one)
    if person_id is not None:
        put_in_order(session, now, person_id)
        _carry_over(session, now, account, person_id)
    mine = update(OutboxMessage).where(OutboxMessage.account_id == account.id)
    session.execute(mine.where(OutboxMessage.state == MailState.PENDING).values(state=MailState.DROPPED))
    session.execute(mine.where(OutboxMessage.external_id.is_not(None)).values(external_id=None))
    session.flush()
    record(session, now, actor_id=by, act="unlink", subject=f"person:{person_id}", account=account.id, why=why)


def _carry_over(session: Session, now: datetime, account: Account, person_id: int) -> None:
    for message in session.scalars(_waiting(account)).all():
        goes_on(session, now, message, person_id)


def _waiting(account: Account) -> Select[OutboxMessage]:
    """What is owed to a chat and has not left, oldest first."""
    waits = (OutboxMessage.state == MailState.PENDING) & OutboxMessage.edits_id.is_(None)
    return select(OutboxMessage).where(OutboxMessage.account_id == account.id, waits).order_by(OutboxMessage.id)


def retire(session: Session, now: datetime, old: Account, new: Account) -> None:
    """The person uses the new phone in place of the old: what waits there, and whom it speaks for, comes along.

    The old phone is told once, with a way to say that it was somebody else: either may be the stolen one.
    """
    owe_to_chat(session, now, old)
    _bring_along(session, old, new)
    unlink(session, now, old, new.person_id, "old phone")
    say(session, now, old, "phone-put-away", None, [[(f"notme:{new.id}", "button-not-me")]])


def _bring_along(session: Session, old: Account, new: Account) -> None:
    for person_id, call in calls_here(session, old).items():
        session.merge(SpokenFor(account_id=new.id, person_id=person_id, call=call))
    waiting = _waiting(old).where(OutboxMessage.template != "say")
    for message in session.scalars(waiting).all():
        readdress(session, message, old, new)
        message.account_id, message.bot = new.id, new.bot
    asking = update(JoinRequest).where(JoinRequest.account_id == old.id, JoinRequest.status == JoinStatus.WAITING)
    session.execute(asking.values(account_id=new.id))
    session.flush()


def was_put_away(session: Session, old: Account, new: Account) -> bool:
    """Whether the person behind the new phone is the one from whom the old one was taken."""
    if new.person_id is None:
        return False
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.act == "unlink", AuditEntry.subject == f"person:{new.person_id}")
    )
    return any(one.detail.get("account") == old.id for one in entries)


def tell_staff(
    session: Session,
    now: datetime,
    grid_id: int,
    key: str,
    args: dict[str, str | int | float],
    buttons: Buttons = (),
) -> int:
    """Says something to whoever of a grid's staff can be told, when the night is over; how many."""
    due_at = policy_at(session, grid_id).awake(now)
    told = first_told(session, now, grid_id)
    for account in told:
        say(session, now, account, key, args, buttons, priority=Priority.PROMPT, due_at=due_at)
    return len(told)


def speak_for(session: Session, now: datetime, account: Account, person: Person, call: str) -> None:
    """From now on this account answers for the person's household too."""
    session.merge(SpokenFor(account_id=account.id, person_id=person.id, call=call))
    session.flush()
    record(session, now, actor_id=account.person_id, act="speak_for", subject=f"person:{person.id}", account=account.id)
    own = reachable_accounts(session, [person.id]).get(person.id)
    speaker = session.get(Person, account.person_id) if account.person_id else None
    if own and speaker:
        say(session, now, own, "spoken-for-told", {"name": speaker.name})


def speak_no_more(session: Session, now: datetime, account: Account, person_id: int) -> bool:
    """The account answers for that person's household no more; False when it did not."""
    one = session.get(SpokenFor, (account.id, person_id))
    if one is None:
        return False
    session.delete(one)
    session.flush()
    record(
        session, now, actor_id=account.person_id, act="speak_no_more", subject=f"person:{person_id}", account=account.id
    )
    return True


def calls_here(session: Session, account: Account) -> dict[int, str]:
    """What this account calls those it speaks for, by person."""
    known = foreseen(session).calls.get(account.id)
    if known is not None:
        return known
    rows = session.scalars(select(SpokenFor).where(SpokenFor.account_id == account.id))
    return {one.person_id: one.call for one in rows}


def households_of(session: Session, account: Account) -> Sequence[Household]:
    """The households that an account answers for, its own first."""
    spoken = list(calls_here(session, account))
    people = [one for one in (account.person_id, *spoken) if one is not None]
    known = foreseen(session).homes
    by_person = known if all(one in known for one in people) else _homes_of(session, people)
    found = [home for one in people if (home := by_person.get(one)) is not None]
    return list({one.id: one for one in found}.values())


def _homes_of(session: Session, people: Sequence[int]) -> Mapping[int, Household | None]:
    rows = session.execute(
        select(Resident.person_id, Household)
        .join(Household, Household.id == Resident.household_id)
        .where(Resident.person_id.in_(people))
        .order_by(Resident.id)
    )
    return {row.person_id: row.Household for row in rows}
