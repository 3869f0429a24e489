"""Random days that are looked at from outside: after every transaction, and on every phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Concatenate, ParamSpec, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.intake import take_in
from channels.port import ChannelError, Menu, Message, Sent
from models import Account, Appointment, Escalation, EscalationEvent, OutboxMessage
from rules.duty import is_on
from rules.escalation import Event
from rules.ladder import WhyNot
from rules.mail import CHAT_PACE, MailState
from rules.roles import Role
from scheduler.ticks import TICKS
from services.outbox import Claimed, claim
from services.parcels import Parcel
from tests.invariants.model import Days

P = ParamSpec("P")
T = TypeVar("T")
Able = set[tuple[int, Role]]
"""Who can be told, and in which role."""


@dataclass(frozen=True)
class Shown:
    """A message as it stands on a phone; `about` is the record of which it speaks."""

    message: Message
    about: str

    @property
    def keys(self) -> Iterator[str]:
        """Those of its buttons."""
        return (choice.key for row in self.message.choices for choice in row)


@dataclass
class Watched(Days):
    """The same days; what broke a promise inside one transaction stands in `broken`, what phones show in `phones`."""

    broken: list[str] = field(default_factory=list)
    phones: dict[str, dict[str, Shown]] = field(default_factory=dict)
    """By chat and number: every message as it stands now."""
    never_lost: set[str] = field(default_factory=set)
    """Chats that were reachable all the time: what they show is up to date."""
    at_once: ClassVar[int] = 4

    def apply(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def watched(session: Session) -> tuple[T, list[str]]:
            before, newest = able(session, self), session.scalar(_NEWEST) or 0
            waiting = due(session, self) if function is claim else {}
            found = function(session, *args, **kwargs)
            session.flush()
            broken = list(chain_waits_for_nobody(session, self, before, newest))
            if isinstance(found, Claimed) and found.parcels:
                broken += urgent_goes_first(session, self, found.parcels, waiting)
            return found, broken

        found, broken = self.database.apply(watched)
        self.broken += broken
        return found

    def tick(self) -> None:
        """Every tick once, and again while it has found something."""
        due = list(TICKS)
        while due:
            due = [one for one in due if any(self.apply(one.work, self.now).values())]

    def dies_in(self, work: Callable[[Session], object]) -> None:
        """A transaction that never commits: its process was killed."""
        with self.database.transaction() as session:
            work(session)
            session.flush()
            session.rollback()

    def dies_in_a_tick(self, number: int) -> None:
        """One of the ticks is killed before it commits; it runs again later."""
        one = TICKS[number % len(TICKS)]
        self.dies_in(lambda session: one.work(session, self.now))

    def take_in(self) -> None:
        """The process dies with every third update; the messenger brings it once more."""
        if self.updates % 3 == 0:
            self.dies_in(lambda session: take_in(session, self.now, self.last))
        super().take_in()

    def blocks(self, name: str) -> None:
        self.never_lost.discard(name)
        super().blocks(name)

    def falls_silent(self, name: str) -> None:
        self.never_lost.discard(name)
        super().falls_silent(name)

    def _hand_over(self, parcel: Parcel) -> Sent | ChannelError:
        said = super()._hand_over(parcel)
        if isinstance(said, Sent) and not isinstance(parcel.message, Menu):
            number = parcel.edits.message_id if parcel.edits else said.message_id
            self.phones.setdefault(parcel.to.chat, {})[number] = Shown(parcel.message, parcel.about or "")
        return said

    def keys(self, name: str, *verbs: str) -> list[str]:
        """The buttons that somebody sees now, of these kinds."""
        keys = dict.fromkeys(key for shown in self.phones.get(name, {}).values() for key in shown.keys)
        return [key for key in keys if not verbs or key.partition(":")[0] in verbs]


_NEWEST = select(func.max(EscalationEvent.id))
_APPOINTED = select(
    Appointment.person_id,
    Appointment.role,
    Appointment.since,
    Appointment.until,
    Appointment.on_duty,
    Appointment.off_until,
).join(Account, (Account.person_id == Appointment.person_id) & Account.reachable)


def able(session: Session, days: Days) -> Able:
    """Who is on duty and has a phone that is not known to be lost, read from the records by hand."""
    return {
        (one.person_id, one.role)
        for one in session.execute(_APPOINTED)
        if one.since <= days.now
        and (one.until is None or one.until > days.now)
        and is_on(one.on_duty, one.off_until, days.now)
    }


def chain_waits_for_nobody(session: Session, days: Days, before: Able, newest: int) -> Iterator[str]:
    """Invariant 7, of what one transaction wrote: told were people who could be, passed over were people who could not.

    Those are looked at who could be told `before` it; `newest` was the newest event then.
    """
    fresh = session.scalars(select(EscalationEvent).where(EscalationEvent.id > newest)).all()
    after = able(session, days) if fresh else before
    surely, perhaps = before & after, {person for person, _ in before | after}
    for one in fresh:
        alarm = session.get_one(Escalation, one.escalation_id)
        if one.event is Event.TOLD and one.person_id not in perhaps:
            yield f"alarm {alarm.id}: told {one.person_id}, who cannot be"
        if one.event is Event.PASSED_OVER and one.person_id and one.detail["why"] != WhyNot.SILENT:
            role = Role(alarm.chain[one.detail["step"]]["role"])
            if (one.person_id, role) in surely:
                yield f"alarm {alarm.id}: passed over {one.person_id} as {one.detail['why']}, who was there"
        if one.event is Event.NOBODY_LEFT:
            chain = {(person, Role(step["role"])) for step in alarm.chain for person in step["people"]}
            if there := surely & chain:
                yield f"alarm {alarm.id}: nobody left, and there were {there}"


def due(session: Session, days: Days) -> dict[int, int]:
    """What waits and is due: message and account."""
    now = (OutboxMessage.state == MailState.PENDING) & (OutboxMessage.due_at <= days.now)
    return dict(session.execute(select(OutboxMessage.id, OutboxMessage.account_id).where(now)).all())


def urgent_goes_first(session: Session, days: Days, parcels: list[Parcel], waiting: dict[int, int]) -> Iterator[str]:
    """Invariant 8, of one claim: nothing that is due and more urgent than what was claimed stays behind.

    `waiting` was due before it. A chat of which it took, dropped or put off something has had its turn.
    """
    still = due(session, days)
    had_their_turn = {account for number, account in waiting.items() if number not in still}
    worst = max(one.priority for one in parcels)
    free = or_(Account.arrival_at.is_(None), Account.arrival_at <= days.now + CHAT_PACE.tolerance)
    behind = (
        select(OutboxMessage)
        .join(Account, Account.id == OutboxMessage.account_id)
        .where(OutboxMessage.id.in_(still), OutboxMessage.priority < worst)
        .where(Account.id.not_in(had_their_turn), free)
    )
    for one in session.scalars(behind):
        yield f"message {one.id} ({one.template}, {one.priority}) waits behind one of {worst}"
