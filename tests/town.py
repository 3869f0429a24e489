"""The town of the stories: its people and their phones, its clock, and what stands in its records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.stage import Stage
from channels.wechat_updates import SAID
from models import Account, Area, Escalation, Household, Person, ReportRequest, TemperatureReading
from models.db import Database
from rules.escalation import State
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from sandbox.server import Sandbox
from sandbox.wechat.account import ServiceAccount
from sandbox.wecom.account import Application
from services import register
from services.ways import put_in_order
from services.window import open_window
from tests.messengers import LACKS
from tests.phones import Group, Phone, WeChatPhone
from tests.scene import BOT, BOTS, DAY, ZONE, local
from tests.standing import Ledger

T = TypeVar("T")


class Town:
    """包头市 · 昆区 · 昆河镇 · 西河楞 · 第一网格, with its people."""

    def __init__(self, stage: Stage, sandbox: Sandbox, door: str = "", ledger: Ledger | None = None) -> None:
        self.stage, self.sandbox, self.door = stage, sandbox, door
        self.ledger = ledger or Ledger()
        self.database: Database = stage.app.database
        self._phones: dict[str, Phone] = {}

    @property
    def now(self) -> datetime:
        return self.stage.clock.now()

    def read(self, question: Callable[[Session], T]) -> T:
        """Looks into the records."""
        with self.database.transaction() as session:
            return question(session)

    async def at(self, clock: str, day: date | None = None) -> None:
        """Plays on to the next time a local clock shows this (or on `day`)."""
        today = self.now.astimezone(ZONE).date()
        moment = local(day or today, clock)
        await self.stage.forward(moment if day or moment >= self.now else local(today + timedelta(days=1), clock))

    async def forward(self, **step: float) -> None:
        """Plays on by hours=, minutes= …"""
        await self.stage.forward(self.now + timedelta(**step))

    def phone(self, name: str) -> Phone:
        """The phone of somebody who has joined."""
        return self._phones[name]

    def stranger(self, name: str, language: str = "zh-hans", bot: str = BOT) -> Phone:
        """A phone that the bot does not know."""
        number = self.sandbox.world.add_phone(name, language=language).id
        return self._hand_over(name, number, bot)

    def joins(self, name: str, language: str = "zh-hans", bot: str = BOT) -> Phone:
        """Somebody of the register has joined yesterday."""
        number = self.sandbox.world.add_phone(name, language=language, started=(BOTS[bot][1],)).id
        with self.database.transaction() as session:
            person = session.scalars(select(Person).where(Person.name == name)).one()
            account = Account(bot=bot, address=str(number), person_id=person.id, language=language, created_at=self.now)
            session.add(account)
            session.flush()
            put_in_order(session, self.now, person.id)
            if self._has_followed(number, bot):
                open_window(account, SAID, self.now)
        return self._hand_over(name, number, bot)

    def _has_followed(self, number: int, bot: str) -> bool:
        """Whether it is WeChat, where somebody who joined has just written."""
        account = self.sandbox.world.bot(BOTS[bot][1])
        if not isinstance(account, ServiceAccount):
            return False
        account.followers.add(number)
        account.inbox.window(number).says(self.sandbox.world.clock.micros())
        return not isinstance(account, Application)

    def _hand_over(self, name: str, number: int, bot: str) -> Phone:
        wechat = isinstance(self.sandbox.world.bot(BOTS[bot][1]), ServiceAccount)
        self._phones[name] = (WeChatPhone if wechat else Phone)(self, number, name, BOTS[bot][1])
        return self._phones[name]

    def needs(self, what: str) -> None:
        """Leaves the story where the messenger lacks this, with that reason (`tests/messengers.py`)."""
        if what in LACKS[self.messenger]:
            pytest.skip(f"{self.messenger} lacks {what}")

    @property
    def messenger(self) -> str:
        """Where the town is."""
        return self.stage.app.channels[BOT].capabilities.messenger

    def group(self, title: str, *members: Phone) -> Group:
        """A group chat that knows nothing of the bot yet."""
        self.needs("groups")
        made = self.sandbox.world.groups.create(title, [one.number for one in members])
        return Group(self, made.id)

    def area(self, code: str) -> Area:
        return self.read(lambda session: session.scalars(select(Area).where(Area.code == code)).one())

    def employs(self, name: str, role: Role, code: str = "G1") -> Phone:
        """Appoints somebody who has joined."""
        with self.database.transaction() as session:
            person = register.add_person(session, self.now, name=name)
            area = session.scalars(select(Area).where(Area.code == code)).one()
            register.appoint(session, self.now, person=person, role=role, area=area)
        return self.joins(name)

    def houses(
        self,
        room: str,
        members: Sequence[tuple[str, str]],
        *,
        code: str = "G1",
        first_day: date | None = DAY,
        phone: str | None = None,
    ) -> None:
        """A household of (name, relation) in quarantine for 14 days from `first_day`, known since then (None: not in
        quarantine).
        """
        with self.database.transaction() as session:
            area = session.scalars(select(Area).where(Area.code == code)).one()
            household: Household = register.household_at(session, area, room)
            for name, relation in members:
                person = register.add_person(session, self.now, name=name, phone=phone)
                register.add_resident(session, self.now, person=person, household=household, relation=relation)
                if first_day:
                    one = register.quarantine(
                        session, self.now, person=person, household=household, first_day=first_day, reason="返乡"
                    )
                    one.created_at = min(self.now, local(first_day, "07:00"))


def readings_of(town: Town) -> dict[str, list[float]]:
    """Every stored value by name, oldest first."""

    def look(session: Session) -> dict[str, list[float]]:
        rows = session.execute(
            select(Person.name, TemperatureReading.celsius)
            .join(Person, Person.id == TemperatureReading.person_id)
            .order_by(TemperatureReading.id)
        )
        found: dict[str, list[float]] = {}
        for name, celsius in rows:
            found.setdefault(name, []).append(celsius)
        return found

    return town.read(look)


def requests_of(town: Town, room: str) -> dict[tuple[date, Half], RequestStatus]:
    """What a household was asked, and where each slot stands."""

    def look(session: Session) -> dict[tuple[date, Half], RequestStatus]:
        rows = session.execute(
            select(ReportRequest.day, ReportRequest.half, ReportRequest.status)
            .join(Household, Household.id == ReportRequest.household_id)
            .where(Household.room == room)
        )
        return {(day, half): status for day, half, status in rows}

    return town.read(look)


def alarms_of(town: Town) -> list[State]:
    """Where every alarm stands, oldest first."""
    return town.read(lambda session: list(session.scalars(select(Escalation.state).order_by(Escalation.id))))
