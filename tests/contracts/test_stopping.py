"""SIGTERM: a real process ends in less than ten seconds, whatever hangs, and leaves nothing in its hands."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from bench.doors import held_port
from bench.fleet import START_SECONDS, Fleet, fleet
from bot.stopping import STOP_SECONDS
from models import OutboxMessage, SeenUpdate
from rules.mail import MailState
from tests.patience import until

BOT, MESSAGES = "west", 40


def in_flight(processes: Fleet) -> int:
    leased = select(func.count()).where(OutboxMessage.state == MailState.LEASED)
    return processes.database.apply(lambda session: session.scalar(leased) or 0)


async def told_to_end(processes: Fleet, process: asyncio.subprocess.Process) -> dict[str, Any] | None:
    """Tells it to end and waits; what it reports of its end: the seconds of each phase.

    None: the machine was so slow that its own deadline ended it, which is promised as well.
    """
    process.terminate()
    status = await asyncio.wait_for(process.wait(), START_SECONDS)
    processes.running.remove(process)
    lines = [json.loads(line) for line in processes.logs[process.pid].read_text().splitlines()]
    said = [line["event"] for line in lines]
    assert "a part of the end failed" not in said
    if any(words.startswith("cut off") for words in said):
        assert status == 1
        return None
    assert status == 0
    [report] = [line for line in lines if line["event"] == "stopped"]
    return dict(report)


def seconds(report: dict[str, Any]) -> float:
    """From the signal to the end: calls and work end side by side."""
    return float(max(report["calls"], report["work"]) + report["records"] + report["connections"])


async def half_a_call(url: str) -> asyncio.StreamWriter:
    """A call of the messenger of which the second half never comes."""
    at = urlsplit(url)
    _, writer = await asyncio.open_connection(at.hostname, at.port)
    writer.write(f"POST {at.path} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{{".encode())
    await writer.drain()
    return writer


@pytest.fixture
def port() -> Iterator[int]:
    with held_port() as held:
        yield held


async def test_a_messenger_that_hangs_holds_nobody_up(database_url: str, backend: str) -> None:
    """The embedded engine on a file, the distributed one on PostgreSQL; a long poll is open, and sends hang."""
    async with fleet(database_url, [BOT]) as processes:
        processes.invite(MESSAGES)
        processes.sandbox.world.arm_fault("timeout", method="sendMessage", times=0)
        processes.owe(MESSAGES)
        process = await processes.start(GRIDBOT_ENGINE="embedded" if backend == "sqlite" else "distributed")
        await until(lambda: in_flight(processes) > 1)
        report = await told_to_end(processes, process)

        if report is not None:
            assert seconds(report) < STOP_SECONDS
            assert in_flight(processes) == 0


async def test_a_call_in_mid_flight_holds_nobody_up(tmp_path: Path, port: int) -> None:
    async with fleet(f"sqlite:///{tmp_path}/town.db", [BOT]) as processes:
        processes.invite(1)
        process = await processes.start(
            GRIDBOT_ENGINE="embedded",
            GRIDBOT_HTTP__PORT=str(port),
            GRIDBOT_TELEGRAM__MODE="webhook",
            GRIDBOT_TELEGRAM__WEBHOOK_BASE=f"http://127.0.0.1:{port}",
        )
        bot = processes.sandbox.world.bot(BOT)
        await until(lambda: bot.webhook is not None)
        assert bot.webhook is not None
        call = await half_a_call(bot.webhook.url)
        processes.sandbox.world.send_text(processes.phones[BOT][0], BOT, "帮助")
        await until(lambda: processes.seen() == 1)
        report = await told_to_end(processes, process)
        call.close()

        assert report is None or seconds(report) < STOP_SECONDS
        seen = select(func.count()).select_from(SeenUpdate)
        assert processes.database.apply(lambda session: session.scalar(seen)) == 1
