"""Several real processes on one PostgreSQL: one is killed, the others take over everything it had in hand."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bench.fleet import Fleet, fleet
from tests.patience import until

BOT, PHONES, MESSAGES = "west", 60, 150
MOST_IN_FLIGHT = 29
"""Messages on the way at one instant: a second's."""


@pytest.fixture(params=["postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def told(processes: Fleet) -> Counter[str]:
    return Counter(found for text in processes.texts() for found in re.findall(r"〔\w+ \d+〕", text))


async def test_what_a_killed_process_had_in_hand_is_in_anothers(database_url: str) -> None:
    async with fleet(database_url, [BOT]) as processes:
        processes.invite(PHONES)
        first = await processes.start()
        world, [someone, *_] = processes.sandbox.world, processes.phones[BOT]
        processes.owe(MESSAGES)
        world.send_text(someone, BOT, "帮助")
        await until(lambda: processes.seen() == 1)  # it has the way in
        await until(lambda: len(told(processes)) > 10)  # and the mail
        await processes.start()
        await processes.kill(first)

        world.send_text(someone, BOT, "帮助")
        await until(lambda: processes.seen() == 2)
        await until(lambda: not processes.waiting())
        await processes.stop()

        assert len(told(processes)) == MESSAGES
        assert told(processes).total() <= MESSAGES + MOST_IN_FLIGHT
        assert world.bot(BOT).limit.worst <= 30
        # Two that poll one bot would refuse each other; one does at a time.
        assert world.figures.errors[409] == 0
