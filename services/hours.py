"""The hour of whoever is told of alarms: one more message by itself, or one that gathers what is too much (ADR 71).

Decided where a message is owed. What was sent and what waits is asked for all of a part's people together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from models import Account, OutboxMessage
from models.mail import COUNTED
from models.statements import among
from rules.mail import MailState, Priority
from rules.storms import HOUR, Lately, gathered_at, has_room
from services.mailbox import post
from services.policy import default_policy

GATHERED = "gathered"
"""The template of what gathers."""
Told = tuple[str, str]
"""A template and what it is about: what would have been told by itself."""


@dataclass
class _Person:
    """One person's hour, as it comes to be."""

    sent: list[datetime] = field(default_factory=list)
    waiting: int = 0
    gathering: OutboxMessage | None = None
    due_at: datetime | None = None
    """When what gathers is due, also while it is not written down yet."""
    told: list[Told] = field(default_factory=list)
    """What is to be gathered and is not written down yet."""

    def lately(self) -> Lately:
        return Lately(self.sent, self.waiting, self.due_at)


class Hours:
    """The hours of some accounts' people, in which what is told finds its place one after the other."""

    def __init__(self, session: Session, now: datetime, accounts: Iterable[Account]) -> None:
        self._session, self._now = session, now
        self._most = default_policy(session).alarms_an_hour
        self._people: dict[int, _Person] = {}
        self._accounts: dict[int, Account] = {}
        told = [one for one in accounts if one.person_id is not None]
        if self._most and told:
            self._look({one.person_id or 0 for one in told})

    def place(self, account: Account, template: str, about: str, starts: datetime) -> datetime | None:
        """Finds a place for a message not before `starts`. None: it goes by itself; else it is gathered, until then."""
        person = self._people.setdefault(_whose(account), _Person())
        if has_room(person.lately(), self._now, self._most):
            person.waiting += 1
            return None
        due_at = gathered_at(person.lately(), starts, self._most)
        person.due_at = due_at if person.due_at is None else min(person.due_at, due_at)
        person.told.append((template, about))
        self._accounts[_whose(account)] = account
        return person.due_at

    def owe(self) -> None:
        """Writes down what is gathered; what gathers already speaks of it too."""
        for number, account in self._accounts.items():
            person = self._people[number]
            told = [list(one) for one in person.told]
            if person.gathering is None:
                args: dict[str, Any] = {"told": _once(told)}
                about = f"person:{number}"
                person.gathering = post(
                    self._session,
                    self._now,
                    account,
                    Priority.ALERT,
                    GATHERED,
                    args=args,
                    about=about,
                    due_at=person.due_at,
                    counted=True,
                )
            else:
                present = person.gathering
                present.args = {**present.args, "told": _once([*present.args["told"], *told])}
                if person.due_at is not None and person.due_at < present.due_at:
                    present.put_off(person.due_at, self._now)
            person.told = []
        self._accounts = {}

    def _look(self, people: set[int]) -> None:
        self._session.flush()
        mine = and_(COUNTED, among(self._session, Account.person_id, people))
        waits = OutboxMessage.state.in_([MailState.PENDING, MailState.LEASED])
        lately = OutboxMessage.sent_at > self._now - HOUR
        rows = self._session.execute(
            select(Account.person_id, OutboxMessage.sent_at, OutboxMessage.template, OutboxMessage.id)
            .join(OutboxMessage, OutboxMessage.account_id == Account.id)
            # Each side has its condition whole: both databases find it by the index of what counts.
            .where(or_(and_(mine, lately), and_(mine, OutboxMessage.sent_at.is_(None), waits)))
        )
        gathering = {}
        for number, sent_at, template, message in rows:
            person = self._people.setdefault(number or 0, _Person())
            if sent_at is not None:
                person.sent.append(sent_at)
            elif template == GATHERED and number not in gathering:
                gathering[number or 0] = message
            else:
                person.waiting += 1
        for number, message in gathering.items():
            person = self._people[number]
            person.gathering = self._session.get_one(OutboxMessage, message)
            if person.gathering.state is MailState.LEASED:  # it is written and on its way: it speaks of no more
                person.gathering, person.waiting = None, person.waiting + 1
            else:
                person.due_at = person.gathering.due_at


def _whose(account: Account) -> int:
    return account.person_id if account.person_id is not None else -account.id


def _once(told: Iterable[list[str]]) -> list[list[str]]:
    return [list(one) for one in dict.fromkeys(map(tuple, told))]


def tell_in_time(
    session: Session,
    now: datetime,
    account: Account,
    template: str,
    *,
    args: dict[str, Any] | None = None,
    about: str,
    due_at: datetime,
    dedupe_key: str | None = None,
) -> datetime:
    """Owes one alarm that can wait, by itself or gathered; when it is due."""
    if dedupe_key and session.scalar(select(func.count()).where(OutboxMessage.dedupe_key == dedupe_key)):
        return due_at
    hours = Hours(session, now, [account])
    gathered = hours.place(account, template, about, due_at)
    if gathered is None:
        post(
            session,
            now,
            account,
            Priority.ALERT,
            template,
            args=args,
            about=about,
            dedupe_key=dedupe_key,
            due_at=due_at,
            counted=True,
        )
        return due_at
    hours.owe()
    return gathered
