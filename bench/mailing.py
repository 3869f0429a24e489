"""A notice owed to many chats, and our own way out to a fast messenger."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bench.town import BOT
from bot.delivery import Delivery
from bot.media import Media
from bot.media.folder import FolderStore
from bot.running import settle
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_polling import Polling
from models import Account, Area, Notice, NoticeCopy, OutboxMessage, Person
from models.db import Database
from models.migrate import upgrade
from models.vault import Vault
from rules.mail import MailState, Priority
from rules.policy import Policy
from rules.roles import Level
from services import register
from services.bots import register_bots
from services.clock import SystemClock
from services.mailbox import say

TOKEN = "1000001:AAE-bench-token"  # noqa: S105 - of nobody
STAFF = 10_000_000
"""Chats from here on belong to staff, who get alerts."""
WORDS = "明天上午九点到十一点，社区在3号楼下做核酸检测，请戴口罩、带身份证，按楼层分批下楼，保持一米距离。"


@contextmanager
def mailing(url: str, messages: int, staff: int = 0) -> Iterator[Database]:
    """A fresh database with a notice owed to so many chats, and so many members of staff."""
    database = open_mailing(url)
    upgrade(database.engine)
    database.apply(_owe, messages, staff)
    try:
        yield database
    finally:
        database.close()


def open_mailing(url: str) -> Database:
    """The same database, by another process."""
    return Database(url, Vault(b"a key for measuring"), Policy())


@contextmanager
def on_sqlite(messages: int, staff: int = 0) -> Iterator[Database]:
    """In a file of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="gridbot-bench-") as folder,
        mailing(f"sqlite:///{folder}/bench.db", messages, staff) as database,
    ):
        yield database


@asynccontextmanager
async def way_out(database: Database, api: str, rate: float) -> AsyncIterator[Delivery]:
    """Our delivery with aiogram's client, as the service has it."""
    channel = TelegramChannel(BOT, AiogramClient(TOKEN, api), Polling())
    with tempfile.TemporaryDirectory(prefix="gridbot-media-") as folder:
        media = Media(FolderStore(Path(folder)), database.vault)
        settle()
        try:
            yield Delivery(database, {BOT: channel}, SystemClock(), rate, media)
        finally:
            await channel.close()


def owe_alert(session: Session, number: int) -> None:
    """One more alert to one of the staff."""
    account = session.scalars(select(Account).where(Account.address == str(STAFF + number))).one()
    say(session, datetime.now(UTC), account, "alarm-held", {"who": "李"}, priority=Priority.ALERT)


def unsent(session: Session) -> int:
    """How many messages are not sent."""
    waiting = OutboxMessage.state != MailState.SENT
    return session.scalar(select(func.count()).select_from(OutboxMessage).where(waiting)) or 0


def _owe(session: Session, messages: int, staff: int) -> None:
    now = datetime.now(UTC)
    register_bots(session, {BOT: "telegram"})
    area: Area | None = None
    for level in (Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.GRID):
        area = register.add_area(session, code=level.value, name=level.value, level=level, parent=area)
    assert area
    author = register.add_person(session, now, name="赵网格长")
    session.flush()
    chats = [*range(1, messages + 1), *range(STAFF, STAFF + staff)]
    session.execute(
        insert(Person), [{"id": author.id + at, "name": f"人{at}", "created_at": now} for at in range(1, messages + 1)]
    )
    session.execute(
        insert(Account),
        [
            {"bot": BOT, "address": str(at), "person_id": author.id + at if at < STAFF else None, "created_at": now}
            for at in chats
        ],
    )
    notice = Notice(author_id=author.id, area_id=area.id, body=WORDS, created_at=now)
    session.add(notice)
    session.flush()
    readers = session.execute(select(Account.id, Account.person_id).where(Account.person_id.is_not(None))).all()
    copies = [
        {"notice_id": notice.id, "person_id": person, "account_id": account, "area_id": area.id}
        for account, person in readers
    ]
    session.execute(insert(NoticeCopy), copies)
    made = session.execute(select(NoticeCopy.id, NoticeCopy.account_id).order_by(NoticeCopy.id)).all()
    session.execute(
        insert(OutboxMessage),
        [
            {
                "bot": BOT,
                "account_id": account,
                "priority": Priority.NOTICE,
                "template": "notice",
                "about": f"notice_copy:{copy}",
                "due_at": now,
                "created_at": now,
            }
            for copy, account in made
        ],
    )
