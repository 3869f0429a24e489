"""One person on two phones, two persons on one: who is told, who answers for whom."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, Subquery, and_, exists, or_, select, union
from sqlalchemy.orm import Session, aliased

from models import Account, Household, Person, Resident, SpokenFor
from rules.ladder import Severity, climb
from rules.mail import Priority
from services.audit import record
from services.chain import reach, snapshot
from services.mailbox import say


def answering() -> Subquery:
    """Which accounts answer for which households (`account_id`, `household_id`): where their person lives, and where
    those live whom they speak for.

    Somebody with several phones is one person: of their chats the one used last answers, of those that can be reached.
    """
    own = (
        select(Account.id.label("account_id"), Resident.household_id.label("household_id"))
        .join(Resident, Resident.person_id == Account.person_id)
        .where(~exists(_used_later()))
    )
    others = select(SpokenFor.account_id, Resident.household_id).join(
        Resident, Resident.person_id == SpokenFor.person_id
    )
    return union(own, others).subquery()


def _used_later() -> Select[int]:
    """Another chat of the same person that can be reached and was used later (or, never used, is newer)."""
    other = aliased(Account)
    later = or_(
        and_(Account.last_seen_at.is_(None), other.last_seen_at.is_not(None)),
        other.last_seen_at > Account.last_seen_at,
        and_(other.last_seen_at.is_not_distinct_from(Account.last_seen_at), other.id > Account.id),
    )
    return select(other.id).where(other.person_id == Account.person_id, other.id != Account.id, other.reachable, later)


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
        say(session, now, account, "phone-before", None, [[(f"oldphone:{other.id}", "button-old-phone")]])


def unlink(session: Session, now: datetime, account: Account, by: int | None, why: str) -> None:
    """The chat is nobody's any more; whoever was behind it stays in the register."""
    person_id = account.person_id
    account.person_id = None
    for one in session.scalars(select(SpokenFor).where(SpokenFor.account_id == account.id)):
        session.delete(one)
    session.flush()
    record(session, now, actor_id=by, act="unlink", subject=f"person:{person_id}", account=account.id, why=why)


def tell_staff(session: Session, now: datetime, grid_id: int, key: str, args: dict[str, str | int | float]) -> int:
    """Says something to whoever of a grid's staff can be told now; how many."""
    around = reach(session, now, snapshot(session, now, grid_id, Severity.ROUTINE))
    told = climb(around.candidates, -1).tell
    for person in told:
        say(session, now, around.accounts[person], key, args, priority=Priority.PROMPT)
    return len(told)


def speak_for(session: Session, now: datetime, account: Account, person: Person, call: str) -> None:
    """From now on this account answers for the person's household too."""
    session.merge(SpokenFor(account_id=account.id, person_id=person.id, call=call))
    session.flush()
    record(session, now, actor_id=account.person_id, act="speak_for", subject=f"person:{person.id}", account=account.id)


def calls_here(session: Session, account: Account) -> dict[int, str]:
    """What this account calls those it speaks for, by person."""
    rows = session.scalars(select(SpokenFor).where(SpokenFor.account_id == account.id))
    return {one.person_id: one.call for one in rows}


def households_of(session: Session, account: Account) -> Sequence[Household]:
    """The households that an account answers for, its own first."""
    spoken = list(calls_here(session, account))
    people = [one for one in (account.person_id, *spoken) if one is not None]
    rows = session.execute(
        select(Resident.person_id, Household)
        .join(Household, Household.id == Resident.household_id)
        .where(Resident.person_id.in_(people))
    )
    by_person = {row.person_id: row.Household for row in rows}
    found = [by_person[one] for one in people if one in by_person]
    return list({one.id: one for one in found}.values())
