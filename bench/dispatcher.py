"""What people use today: aiogram's own Dispatcher, its handler keeping the same records with one commit an update."""

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bench.town import BOT
from models import Account, Asked, OutboxMessage, ReportRequest, Resident, SeenUpdate, TemperatureReading
from models.db import Database
from models.health import Source
from rules.mail import Priority
from rules.rounds import RequestStatus

VALUE = re.compile(r"\d\d\.\d")


class Dispatching:
    """A Dispatcher over our tables: no more than one number a member is understood, and nothing is asked back."""

    def __init__(self, database: Database, now: datetime, threads: int) -> None:
        self._database = database
        self._now = now
        self._threads = ThreadPoolExecutor(threads)
        self._bot = Bot("1000001:AAE-bench-token")
        self._dispatcher = Dispatcher()
        self._dispatcher.message()(self._hear)

    async def feed(self, updates: Sequence[dict[str, Any]]) -> None:
        """Every update, as many at once as there are threads."""
        waiting = iter(updates)

        async def lane() -> None:
            for update in waiting:
                await self._dispatcher.feed_raw_update(self._bot, update)

        await asyncio.gather(*(lane() for _ in range(self._threads._max_workers)))

    async def close(self) -> None:
        """Ends the threads and the client."""
        self._threads.shutdown()
        await self._bot.session.close()

    async def _hear(self, message: Message, event_update: Update) -> None:
        values = [float(one) for one in VALUE.findall(message.text or "")]
        key = (BOT, str(event_update.update_id), str(message.chat.id))
        await asyncio.get_running_loop().run_in_executor(self._threads, self._keep, key, values)

    def _keep(self, key: tuple[str, str, str], values: list[float]) -> None:
        bot, number, chat = key
        with self._database.transaction() as session:
            if session.scalar(select(exists().where(SeenUpdate.bot == bot, SeenUpdate.update_id == number))):
                return
            session.add(SeenUpdate(bot=bot, update_id=number, at=self._now))
            account = session.scalars(select(Account).where(Account.bot == bot, Account.address == chat)).one()
            account.last_seen_at = self._now
            self._answer(session, account, values)

    def _answer(self, session: Session, account: Account, values: list[float]) -> None:
        request = session.scalars(
            select(ReportRequest)
            .join(Resident, Resident.household_id == ReportRequest.household_id)
            .where(Resident.person_id == account.person_id)
            .order_by(ReportRequest.opens_at.desc())
            .limit(1)
        ).one()
        people = session.scalars(
            select(Asked.person_id).where(Asked.request_id == request.id).order_by(Asked.person_id)
        )
        for person, celsius in zip(people, values, strict=True):
            reading = TemperatureReading(person_id=person, request_id=request.id, celsius=celsius, at=self._now)
            reading.source, reading.reporter_id = Source.CHAT, account.person_id
            session.add(reading)
        request.status, request.answered_at = RequestStatus.REPORTED, self._now
        args = {"key": "report-stored", "args": {"values": values}, "buttons": []}
        session.add(
            OutboxMessage(
                bot=account.bot,
                account_id=account.id,
                priority=Priority.REPLY,
                template="say",
                args=args,
                due_at=self._now,
                created_at=self._now,
            )
        )
