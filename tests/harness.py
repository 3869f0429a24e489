"""People, messages, time: a small town, a real database, a real client over HTTP to the sandbox, an injected clock."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from socket import socket
from tempfile import mkdtemp
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import App
from bot.demo.messenger import Messenger
from bot.demo.stage import Stage, StillEngine
from bot.settings import load_settings
from channels.port import Channel
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_client import TelegramClient
from channels.telegram_polling import Polling
from channels.telegram_ptb import PtbClient
from channels.telegram_webhook import Webhook
from channels.wechat_updates import SAID
from models import Account, Area, Escalation, Household, Person, ReportRequest, TemperatureReading
from models.db import Database
from models.vault import Vault
from rules.escalation import State
from rules.policy import Policy
from rules.roles import Level, Role
from rules.rounds import Half, RequestStatus
from sandbox.server import Sandbox
from sandbox.wechat.account import ServiceAccount
from sandbox.wecom.account import Application
from services import register
from services.bots import register_bots
from services.clock import ManualClock
from services.ways import put_in_order
from services.window import open_window
from tests.light import light
from tests.messengers import CHOSEN, LACKS
from tests.standing import Ledger, as_it_stands, first_of
from tests.tencent import TownsWeChat, TownsWeCom
from web.site import make_site, runner_of

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2020, 2, 10)
TOKEN, BOT, USERNAME = "1000001:AAE-sandbox-token", "telegram", "gridbot"
BOTS = {
    BOT: (TOKEN, USERNAME),
    "second": ("1000002:AAE-second-token", "gridbot_two"),
    "wechat": ("", "gridbot_wechat"),
    "wecom": ("", "gridbot_wecom"),
}
"""By the name in the settings: token and username; the last two beside Telegram (`tests/several.py`)."""
HOOK, SECRET = "/telegram/opaque", "a-secret-of-the-tests"
T = TypeVar("T")


def code_in(message: Heard) -> str:
    """The code of the invite in a message: behind a link, or in the line to type."""
    return re.search(r"(?:[?&](?:start|code)=|/start )([\w-]+)", message.text)[1]  # type: ignore[index]


def local(day: date, clock: str) -> datetime:
    """A local day and time of day as an instant."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


class Beside(Messenger):
    """The town's sandbox is in this process: what the stage asks of it at every step need not go over HTTP."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox.page_base)
        self._world = sandbox.world

    async def pending(self) -> int:
        return sum(len(bot.updates) for bot in self._world.bots.values())

    async def set_clock(self, now: datetime) -> None:
        self._world.clock.set(now)


@dataclass(frozen=True)
class Heard:
    """A message on somebody's phone."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    edited: bool

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Heard:
        buttons = tuple((one["text"], one["data"]) for row in raw["buttons"] for one in row)
        return cls(raw["id"], raw["text"], buttons, raw["edited"] is not None)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons say, without the numbers before them."""
        return tuple(re.sub(r"^\d+\. ", "", label) for label, _ in self.buttons)


class Phone:
    """One person's phone."""

    def __init__(self, town: Town, number: int, name: str, bot: str = USERNAME) -> None:
        self.town, self.number, self.name, self.bot = town, number, name, bot

    async def says(self, text: str) -> Heard:
        """Types, and waits for the answer; returns the last message that came."""
        self.town.sandbox.world.send_text(self.number, self.bot, text)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def starts(self, payload: str = "") -> Heard:
        """Presses START of a deep link."""
        self.town.sandbox.world.start(self.number, self.bot, payload)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def presses(self, message: Heard, label: str) -> Heard:
        """Presses the button with this label under a message, as it stands now; returns the last message that came."""
        present = self.again(message)
        data = next((data for text, data in present.buttons if label in text), None)
        assert data is not None, f"{self.name} sees no {label!r} in {present.labels} under {present.text!r}"
        self.town.sandbox.world.press(self.number, self.bot, message.id, data)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def forges(self, key: str) -> Heard:
        """Presses a button that was never shown: a client of one's own can send any key."""
        sender = {"id": self.number, "is_bot": False, "first_name": self.name}
        message = {"message_id": 1, "date": 0, "chat": {"id": self.number, "type": "private"}}
        query = {"id": f"forged {key}", "from": sender, "chat_instance": "1", "data": key, "message": message}
        self.town.sandbox.world.bot(self.bot).updates.add("callback_query", query, self.number)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def sends_photo(self, content: bytes, caption: str = "") -> Heard:
        """Sends a picture, and waits for what comes of it."""
        self.town.sandbox.world.send_photo(self.number, self.bot, content, caption)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def sends_file(self, name: str, content: bytes) -> Heard:
        """Sends a file, and waits for what comes of it."""
        self.town.sandbox.world.send_document(self.number, self.bot, name, content)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def shares_number(self, number: str, *, own: bool = True) -> Heard:
        """Presses the key that hands over the phone number (or sends somebody else's)."""
        self.town.sandbox.world.send_contact(self.number, self.bot, number, own=own)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def blocks_the_bot(self) -> None:
        self.town.sandbox.world.block(self.number, self.bot)
        await self.town.stage.settle()

    async def unblocks_the_bot(self) -> None:
        self.town.sandbox.world.unblock(self.number, self.bot)
        await self.town.stage.settle()

    def inbox(self) -> list[Heard]:
        """What the bot has said here and has not deleted, oldest first."""
        found = self.town.sandbox.world.messages(self.number, self.bot)
        return [Heard.read(one.as_json()) for one in found if one.from_bot and not one.deleted]

    def again(self, message: Heard) -> Heard:
        """The same message as it stands now."""
        return next(one for one in self.inbox() if one.id == message.id)

    async def hears(self, words: str) -> Heard:
        """The newest message with these words; fails when there is none."""
        await self.town.stage.settle()
        found = [one for one in self.inbox() if words in one.text]
        assert found, f"{self.name} did not hear {words!r}, but: {[one.text for one in self.inbox()]}"
        return found[-1]

    def heard(self, words: str) -> int:
        """How many messages have these words."""
        return sum(words in one.text for one in self.inbox())


class WeChatPhone(Phone):
    """A phone with WeChat or WeCom: what is numbered is chosen by its number, what cannot change is said anew."""

    async def presses(self, message: Heard, label: str) -> Heard:
        """Types the number of a choice that was offered last; older ones are pressed where they stand.

        The choice is one of this message as it was said last, else one that was offered anywhere: the newest.
        """
        inbox = self.inbox()
        mine = [one for one in inbox if self._first(one) == self._first(message)]
        every = [one for one in (*inbox, *mine) if any(label in text for text in one.labels)]
        assert every, f"{self.name} was never offered {label!r}, but: {[one.labels for one in inbox]}"
        present = every[-1]
        shown, data = next((text, data) for text, data in present.buttons if label in text)
        number = re.match(r"\d+(?=\. )", shown)
        if present.id == inbox[-1].id and number:
            return await self.says(number[0])
        if (self.number, present.id) in self.town.ledger.lists:  # not the newest any more: by its words
            return await self.says(re.sub(r"^\d+\. ", "", shown))
        self.town.sandbox.world.press(self.number, self.bot, present.id, data)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def shares_number(self, number: str, *, own: bool = True) -> Heard:
        """No key hands over a number here: the story is told elsewhere."""
        self.town.needs("own number")
        return await super().shares_number(number, own=own)

    async def sends_file(self, name: str, content: bytes) -> Heard:
        """People send pictures and voices here, and no files."""
        if not name.endswith(".amr"):
            self.town.needs("files from people")
        return await super().sends_file(name, content)

    async def sends_photo(self, content: bytes, caption: str = "") -> Heard:
        """Sends a picture; words beside it are a message of their own here."""
        heard = await super().sends_photo(content)
        return await self.says(caption) if caption else heard

    def inbox(self) -> list[Heard]:
        """What the bot has said here, oldest first; what came in several pieces is one."""
        found: list[Heard] = []
        for one in super().inbox():
            if choices := self.town.ledger.lists.get((self.number, one.id)):  # WeCom: a card has room for six
                one = replace(one, text="", buttons=choices)  # noqa: PLW2901
            number = self.town.ledger.number(self.number, one.id)
            if found and number and number == self.town.ledger.number(self.number, found[-1].id):
                text = "\n".join(filter(None, (found.pop().text, one.text)))
                found.append(replace(one, text=text))
            else:
                found.append(one)
        return found

    def again(self, message: Heard) -> Heard:
        """What it would say to whoever looked at it now (`tests/standing.py`)."""
        number = self.town.ledger.number(self.number, message.id)
        if number is None:  # nobody noted what was sent: the newest with the same head
            head = message.text.partition("\n")[0]
            return [one for one in self.inbox() if one.text.partition("\n")[0] == head][-1]
        found = self.town.read(lambda session: as_it_stands(session, number, self.town.now))
        return Heard(message.id, *found, edited=True) if found else message

    async def hears(self, words: str) -> Heard:
        """The newest message with these words, as it was said or as it would be said to whoever looks."""
        await self.town.stage.settle()
        inbox = self.inbox()
        found = [one for one in inbox if words in one.text] or [one for one in self.standing() if words in one.text]
        assert found, f"{self.name} did not hear {words!r}, but: {[one.text for one in inbox]}"
        present = self.again(found[-1])
        return present if words in present.text else found[-1]

    def heard(self, words: str) -> int:
        """How many messages have these words, each as it would be said now."""
        return sum(words in one.text for one in self.standing())

    def standing(self) -> list[Heard]:
        """What the bot has said here, each message once and as it would be said now."""
        firsts = {self._first(one): one for one in reversed(self.inbox())}
        return [self.again(one) if first > 0 else one for first, one in reversed(firsts.items())]

    def _first(self, message: Heard) -> int:
        """The house's number of the message, or of that which it says anew; below zero: of its own."""
        number = self.town.ledger.number(self.number, message.id)
        return self.town.read(lambda session: first_of(session, number)) if number else -message.id


class Group:
    """A group chat of some phones, and what the bot has said in it."""

    def __init__(self, town: Town, number: int) -> None:
        self.town, self.number = town, number

    async def takes_the_bot(self, by: Phone, link: str = "") -> None:
        """Somebody opens the link of a message and picks this group; without one they just add the bot."""
        payload = link.rpartition("?startgroup=")[2].strip()
        self.town.sandbox.world.groups.add_bot(self.number, by.number, USERNAME, payload)
        await self.town.stage.settle()

    async def puts_the_bot_out(self, by: Phone) -> None:
        self.town.sandbox.world.groups.remove_bot(self.number, by.number, USERNAME)
        await self.town.stage.settle()

    async def says(self, by: Phone, text: str) -> None:
        self.town.sandbox.world.groups.say(self.number, by.number, text)
        await self.town.stage.settle()

    async def presses(self, by: Phone, message: Heard, label: str) -> None:
        present = next(one for one in self.inbox() if one.id == message.id)
        data = next(data for text, data in present.buttons if label in text)
        self.town.sandbox.world.groups.press(self.number, by.number, USERNAME, message.id, data)
        await self.town.stage.settle()

    def inbox(self) -> list[Heard]:
        """What the bot has said here and has not deleted, oldest first."""
        found = self.town.sandbox.world.groups.messages(self.number, USERNAME)
        return [Heard.read(one.as_json()) for one in found if one.from_bot and not one.deleted]


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


def raise_the_house(session: Session, now: datetime) -> None:
    """The areas of the town and its bot."""
    register_bots(session, {BOT: "telegram"})
    parent: Area | None = None
    for code, name, level in (
        ("C", "包头市", Level.CITY),
        ("D1", "昆区", Level.DISTRICT),
        ("S1", "昆河镇", Level.STREET),
        ("V1", "西河楞", Level.COMMUNITY),
    ):
        parent = register.add_area(session, code=code, name=name, level=level, parent=parent)
    register.add_area(session, code="G1", name="第一网格", level=Level.GRID, parent=parent)
    register.add_area(session, code="G2", name="第二网格", level=Level.GRID, parent=parent)


CLIENTS: dict[str, Callable[[str, str], TelegramClient]] = {"aiogram": AiogramClient, "ptb": PtbClient}


@asynccontextmanager
async def make_town(
    url: str,
    start: datetime,
    policy: Policy | None = None,
    *,
    client: str = "aiogram",
    webhook: bool = False,
    bots: Sequence[str] = (BOT,),
    areas: str = "",
    messenger: str = CHOSEN or "telegram",
    template: str = "",
    others: Callable[[Sandbox, ManualClock, str], Mapping[str, Channel]] | None = None,
    shuts: bool = not CHOSEN,
) -> AsyncIterator[Town]:
    """An empty town at `url` (a migrated database), its sandbox and its stage; `areas` is the setting of that name.

    `shuts` False: WeChat's window never does, as if everybody wrote often.
    """
    sandbox = Sandbox(now=start)
    await sandbox.start()
    media = mkdtemp(prefix="gridbot-media-")
    database = Database(url, Vault(b"a key for the tests"), policy or Policy())
    light(database)
    try:
        for token, username in (BOTS[name] for name in bots if messenger == "telegram"):
            sandbox.world.add_bot(token, username, "网格通")
        database.apply(raise_the_house, start)
        clock = ManualClock(start)
        door = socket()
        door.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        channels: dict[str, Channel] = {
            name: TelegramChannel(
                name,
                CLIENTS[client](BOTS[name][0], sandbox.api_base),
                Webhook(address + HOOK, SECRET) if webhook else Polling(5),
            )
            for name in bots
        }
        ledger = None
        if messenger == "wechat":
            wechat = TownsWeChat(BOT, sandbox, clock, address, template, shuts=shuts)
            bots, channels, ledger = (), {BOT: wechat}, wechat.ledger
        if messenger == "wecom":
            wecom = TownsWeCom(BOT, sandbox, address)
            bots, channels, ledger = (), {BOT: wecom}, wecom.ledger
        if others:  # messengers beside the town's first
            channels |= others(sandbox, clock, address)
        tokens = ",".join(f"{name}={BOTS[name][0]}" for name in bots)
        settings = load_settings(
            _env_file=None,
            database_url=url,
            telegram={"rate": 20, "tokens": tokens, "areas": areas},
            media={"store": media},
        )
        app = App(settings, database, channels, clock, engine=StillEngine())
        async with Beside(sandbox) as control, _open(door, app):
            town = Town(Stage(app, control, clock), sandbox, address, ledger)
            await town.stage.start()
            try:
                yield town
            finally:
                await town.stage.stop()  # which may be another by now
    finally:
        await sandbox.stop()
        shutil.rmtree(media)


@asynccontextmanager
async def _open(door: socket, app: App) -> AsyncIterator[None]:
    """The site, where a messenger that calls us finds the house."""
    callbacks = [route for channel in app.channels.values() for route in channel.routes(app.intake.accept)]
    runner = runner_of(make_site(app.database, app.clock, callbacks, app.metrics.registry))
    await runner.setup()
    await web.SockSite(runner, door).start()
    try:
        yield
    finally:
        await runner.cleanup()


def alarms_of(town: Town) -> list[State]:
    """Where every alarm stands, oldest first."""
    return town.read(lambda session: list(session.scalars(select(Escalation.state).order_by(Escalation.id))))
