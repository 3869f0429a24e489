"""A town without a network, for random days: all of it is real but the messenger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.intake import take_in
from channels.port import Address, ChannelError, Incoming, Menu, Press, Reachable, Sent, Text, Unreachable
from models import Account, Escalation, Household, OutboxMessage, Person
from models.db import Database
from models.vault import Vault
from rules.ladder import Severity
from rules.mail import MailState, Priority, bot_pace
from rules.policy import Policy
from rules.quiet import is_quiet
from rules.roles import Role
from scheduler.ticks import TICKS
from services import register
from services.agenda import next_event
from services.areas import by_code
from services.leases import take_over
from services.outbox import claim
from services.outcomes import record_results
from services.parcels import Parcel
from services.results import Result
from tests.harness import BOT, DAY, local, raise_the_house
from tests.light import light

P = ParamSpec("P")
T = TypeVar("T")

STAFF = (
    ("李网格员", Role.GRID_WORKER, "G1"),
    ("刘网格员", Role.GRID_WORKER, "G1"),
    ("赵网格长", Role.GRID_HEAD, "G1"),
    ("孙社区", Role.COMMUNITY, "V1"),
    ("周市级", Role.CITY, "C"),
)


@dataclass(frozen=True)
class Home:
    room: str
    people: tuple[str, ...]
    joined: tuple[str, ...]
    first_day: date


HOMES = (
    Home("1号", ("王芳", "王建国", "王小宝"), ("王芳",), DAY),
    Home("2号", ("张强",), ("张强",), DAY - timedelta(days=13)),
    Home("3号", ("巴特尔", "乌云"), ("巴特尔", "乌云"), DAY - timedelta(days=5)),
    Home("4号", ("陈奶奶",), (), DAY),
)


@dataclass
class Days:
    """The town, what was done to it, and what every message did."""

    database: Database
    now: datetime = field(default_factory=lambda: local(DAY, "07:00"))
    updates: int = 0
    blocked: set[str] = field(default_factory=set)
    handed: Counter[int] = field(default_factory=Counter)
    """How often each message was handed to the messenger."""
    in_flight_at_a_crash: set[int] = field(default_factory=set)
    said: Counter[tuple[str, float]] = field(default_factory=Counter)
    rang_at_night: list[str] = field(default_factory=list)
    last: list[Incoming] = field(default_factory=list)
    at_once: ClassVar[int] = 50
    """Messages of one claim."""

    @classmethod
    def begin(cls, url: str) -> Self:
        days = cls(light(Database(url, Vault(b"a key for the tests"), Policy())))
        days.database.apply(raise_the_house, days.now)
        days.database.apply(_settle_down, days.now)
        return days

    def apply(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One transaction of the house."""
        return self.database.apply(function, *args, **kwargs)

    def look(self, question: Callable[[Session], T]) -> T:
        with self.database.transaction() as session:
            return question(session)

    def says(self, name: str, text: str) -> None:
        self._take(name, Text(text))

    def presses(self, name: str, key: str) -> None:
        self._take(name, Press(key))

    def repeats(self) -> None:
        """The messenger hands the last update over again."""
        self.take_in()

    def blocks(self, name: str) -> None:
        self.blocked.add(name)
        self._take(name, Reachable(False))

    def falls_silent(self, name: str) -> None:
        """Blocks the bot, and the messenger does not say so: the next message finds out."""
        self.blocked.add(name)

    def unblocks(self, name: str) -> None:
        self.blocked.discard(name)
        self._take(name, Reachable(True))

    def _take(self, name: str, content: Text | Press | Reachable) -> None:
        self.updates += 1
        self.last = [Incoming(str(self.updates), Address(BOT, name), content, self.now)]
        self.take_in()

    def take_in(self) -> None:
        """The last update, whether it has had its effect or not."""
        self.apply(take_in, self.now, self.last)

    def tick(self) -> None:
        for _ in range(30):
            if not any(any(self.apply(one.work, self.now).values()) for one in TICKS):
                return
        raise AssertionError("the ticks do not come to rest")

    def tick_twice(self) -> None:
        """Everything runs twice, as on two machines that do not know of each other."""
        for one in TICKS:
            self.apply(one.work, self.now)
            self.apply(one.work, self.now)

    def deliver(self) -> None:
        """Until nothing that is due is left: a chat gets one message a second, and time passes meanwhile."""
        for _ in range(500):
            claimed = self.apply(claim, self.now, BOT, "here", bot_pace(1000), self.at_once)
            if not claimed.looked_at:
                if not self.apply(_something_waits, self.now):
                    return
                self.now += timedelta(seconds=1)
                continue
            results = [Result(one, self._hand_over(one)) for one in claimed.parcels]
            self.apply(record_results, self.now, BOT, results)
        raise AssertionError("the outbox does not come to rest")

    def dies_and_starts_again(self, *, after_sending: bool) -> None:
        """Killed with messages in flight: leased, perhaps handed over, never recorded."""
        claimed = self.apply(claim, self.now, BOT, "the dead", bot_pace(1000), 5)
        for one in claimed.parcels:
            self.in_flight_at_a_crash.add(one.id)
            if after_sending:
                self._hand_over(one)
        self.apply(take_over)

    def _hand_over(self, parcel: Parcel) -> Sent | ChannelError:
        if parcel.to.chat in self.blocked:
            return Unreachable("blocked")
        self.handed[parcel.id] += 1
        self._listen_at_night(parcel)
        return Sent(str(parcel.id))

    def _listen_at_night(self, parcel: Parcel) -> None:
        policy = Policy()
        said = parcel.message
        if isinstance(said, Menu) or not is_quiet(self.now, policy.quiet_from, policy.quiet_to, policy.timezone):
            return

        def may_ring(session: Session) -> bool:
            message = session.get_one(OutboxMessage, parcel.id)
            if message.priority == Priority.REPLY or parcel.edits:
                return True
            kind, _, number = (message.about or "").partition(":")
            if message.priority == Priority.ALERT and kind == "escalation":
                return session.get_one(Escalation, int(number)).severity is not Severity.ROUTINE
            return False

        if not self.look(may_ring):
            self.rang_at_night.append(f"{parcel.to.chat} at {self.now}: {said.text}")

    def forward(self, minutes: int, *, down: bool = False) -> None:
        """Time passes; with `down` the machine was off meanwhile and starts again."""
        end = self.now + timedelta(minutes=minutes)
        while not down:
            self.tick()
            self.deliver()
            coming = self.apply(next_event, self.now)
            if coming is None or coming.at >= end:
                break
            self.now = coming.at
        self.now = max(self.now, end)
        self.tick()
        self.deliver()


def _something_waits(session: Session, now: datetime) -> bool:
    waits = exists().where(OutboxMessage.state == MailState.PENDING, OutboxMessage.due_at <= now)
    return bool(session.scalar(select(waits)))


def _settle_down(session: Session, now: datetime) -> None:
    grid = by_code(session, "G1")
    assert grid
    for home in HOMES:
        household: Household = register.household_at(session, grid, home.room)
        for place, name in enumerate(home.people):
            person = register.add_person(session, now, name=name)
            relation = "户主" if place == 0 else "其他"
            register.add_resident(session, now, person=person, household=household, relation=relation)
            register.quarantine(session, now, person=person, household=household, first_day=home.first_day)
            if name in home.joined:
                _joins(session, now, person)
    for name, role, code in STAFF:
        person = register.add_person(session, now, name=name)
        area = by_code(session, code)
        assert area
        register.appoint(session, now, person=person, role=role, area=area)
        _joins(session, now, person)


def _joins(session: Session, now: datetime, person: Person) -> None:
    session.add(Account(bot=BOT, address=person.name, person_id=person.id, language="zh-CN", created_at=now))


def escalations(session: Session) -> list[Escalation]:
    return list(session.scalars(select(Escalation).order_by(Escalation.id)))
