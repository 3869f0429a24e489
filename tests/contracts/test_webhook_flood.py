"""Ten thousand calls at once, most of them wrong, repeated or out of order: exactly the right records, no error."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from http import HTTPStatus
from io import BytesIO
from random import Random
from typing import Any

import aiohttp
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.telegram_webhook import LONGEST_BODY
from models import Account, OutboxMessage, RejectedUpdate, SeenUpdate
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, HOOK, SECRET, Town, local, make_town, readings_of, requests_of

CALLS = 10_000
FAMILIES, STRANGERS = 100, 300
AT_ONCE = 100


def message(number: int, chat: int, words: str) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": f"住户{chat}", "language_code": "zh-hans"}
    at = int(local(DAY, "08:05").timestamp())
    body = {"message_id": number, "date": at, "chat": {"id": chat, "type": "private"}, "from": person, "text": words}
    return {"update_id": number, "message": body}


class Flood:
    """The calls, and how each has to be answered."""

    def __init__(self, families: list[int], random: Random) -> None:
        self.calls: list[tuple[HTTPStatus, str | None, bytes]] = []
        self.said = {chat: 36.1 + place % 10 / 10 for place, chat in enumerate(families)}
        updates = [message(number, chat, f"{self.said[chat]:.1f}") for number, chat in enumerate(families, 1000)]
        strangers = range(9_000_000, 9_000_000 + STRANGERS)
        updates += [message(number, chat, "你好") for number, chat in enumerate(strangers, 2000)]
        self.effective = len(updates)
        strange: list[Any] = [{"update_id": number, "poll": {"id": "1"}} for number in range(5000, 5500)]
        for update in updates:
            self._add(HTTPStatus.OK, SECRET, update, times=random.randint(5, 12))
        for update in strange:
            self._add(HTTPStatus.OK, SECRET, update)
        for update in updates:
            self._add(HTTPStatus.FORBIDDEN, random.choice([None, "", "wrong", SECRET[:-1]]), update, times=3)
        for number in range(30):
            self._add(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, SECRET, message(7000 + number, 1, "长" * LONGEST_BODY))
        while len(self.calls) < CALLS:
            body = random.choice([b"", b"{", b"[]", b"{}", b"\xff", b'{"update_id": "x"}', random.randbytes(50)])
            self.calls.append((HTTPStatus.BAD_REQUEST, SECRET, body))
        random.shuffle(self.calls)

    def _add(self, status: HTTPStatus, secret: str | None, update: Any, *, times: int = 1) -> None:
        self.calls += [(status, secret, json.dumps(update).encode())] * times


async def test_ten_thousand_calls_leave_exactly_the_right_records(database_url: str) -> None:
    async with make_town(database_url, local(DAY, "07:00"), webhook=True) as town:
        families = _settle(town)
        names = dict(zip(families, range(FAMILIES), strict=True))
        await town.at("08:00")
        flood = Flood(families, Random(3))
        before = town.read(lambda session: session.scalar(select(func.count(SeenUpdate.bot))) or 0)
        answers = await _pour(town, flood)

        assert len(flood.calls) == CALLS
        assert answers == Counter((status, status) for status, _, _ in flood.calls)
        assert readings_of(town) == {f"户{names[chat]}": [round(one, 1)] for chat, one in flood.said.items()}
        rooms = [requests_of(town, f"{number}号") for number in range(FAMILIES)]
        assert rooms == [{(DAY, Half.MORNING): RequestStatus.REPORTED}] * FAMILIES
        assert town.read(_counts) == {
            "seen": before + flood.effective,
            "accounts": FAMILIES + STRANGERS,
            "rejected": 0,
            "answers": flood.effective,
        }


def _settle(town: Town) -> list[int]:
    """Families of one, all in quarantine, all joined; their chats."""
    chats = []
    for number in range(FAMILIES):
        town.houses(f"{number}号", [(f"户{number}", "户主")])
        chats.append(town.joins(f"户{number}").number)
    return chats


async def _pour(town: Town, flood: Flood) -> Counter[tuple[int, int]]:
    """Calls from many connections; (expected, answered) statuses."""
    waiting = iter(flood.calls)
    found: Counter[tuple[int, int]] = Counter()

    async def caller(http: aiohttp.ClientSession) -> None:
        for expected, secret, body in waiting:
            headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with http.post(town.door + HOOK, data=BytesIO(body), headers=headers) as answer:
                found[expected, answer.status] += 1

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await asyncio.gather(*(caller(http) for _ in range(AT_ONCE)))
    return found


def _counts(session: Session) -> dict[str, int | None]:
    answers = select(func.count(OutboxMessage.id)).where(OutboxMessage.template == "say")
    return {
        "seen": session.scalar(select(func.count(SeenUpdate.bot))),
        "accounts": session.scalar(select(func.count(Account.id))),
        "rejected": session.scalar(select(func.count(RejectedUpdate.id))),
        "answers": session.scalar(answers),
    }
