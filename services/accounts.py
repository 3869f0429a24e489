"""Messenger accounts: who writes, who can be written to."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from channels.port import Address, Incoming
from models import Account, Person
from services.foresight import foreseen
from services.policy import default_policy


def account_of(session: Session, incoming: Incoming, now: datetime) -> Account:
    """The account that an update came from, made when it is new; whoever writes is reachable again."""
    sender = incoming.sender
    account = account_at(session, sender)
    if account is None:
        account = Account(bot=sender.bot, address=sender.chat, created_at=now)
        session.add(account)
        session.flush()
    account.display_name = incoming.sender_name or account.display_name
    account.language = account.language or incoming.language
    return account


def account_at(session: Session, address: Address) -> Account | None:
    """The account of a chat, if there is one."""
    known = foreseen(session).accounts.get(address)
    if known is not None:
        return known
    return session.scalar(select(Account).where(Account.bot == address.bot, Account.address == address.chat))


def seen(account: Account, now: datetime) -> None:
    """Somebody wrote from here: the account can be reached."""
    account.last_seen_at = now
    account.unanswered, account.unanswered_at = 0, None
    account.reachable = True
    account.why_unreachable = None


def language_of(session: Session, account: Account) -> str:
    """The reader's language: what the person chose, else the messenger's, else the house's."""
    person = session.get(Person, account.person_id) if account.person_id else None
    return (person.language if person else None) or account.language or default_policy(session).language


class Told(dict[int, Account]):
    """By person: the chat in which each is told; `beside`: the second one of those who have it, for emergencies."""

    def __init__(self, first: Mapping[int, Account] | None = None) -> None:
        super().__init__(first or {})
        self.beside: dict[int, Account] = {}


def reachable_accounts(session: Session, person_ids: Iterable[int]) -> Told:
    """For each person who can be reached, the chat in which they are told (`services.ways` keeps it in order)."""
    rows = session.scalars(
        select(Account)
        .where(Account.person_id.in_(list(person_ids)), Account.reachable, or_(Account.told_here, Account.beside))
        .order_by(Account.id)
    )
    told = Told()
    for account in rows:
        if account.person_id is not None:
            (told if account.told_here else told.beside)[account.person_id] = account
    return told


def people_with_accounts(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Those who have ever joined, reachable or not."""
    rows = session.scalars(select(Account.person_id).where(Account.person_id.in_(list(person_ids))))
    return {one for one in rows if one is not None}
