"""A process killed between two parts of a round, with one in hand: the next finishes it, and asks nobody twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from models import Asked, OutboxMessage, Quarantine, ReportRequest
from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from rules.rounds import Half, slot
from services.rounds import open_rounds
from tests.harness import DAY

HOUSE = Path(__file__).resolve().parents[2]
PLAN = Plan(30, DAY, per_grid=10, unjoined=0.1)
MORNING = slot(DAY, Half.MORNING, Policy())
PART = 40
"""People in a part: the city's 78 lie in two."""

OPENER = """
import sys
from datetime import datetime
from models.db import Database
from models.vault import Vault
from rules.policy import Policy
from services.rounds import open_rounds

database = Database(sys.argv[1], Vault(b"a key for the tests"), Policy())
now, people = datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
print(database.apply(open_rounds, now, None, people)["households"], flush=True)
with database.transaction() as session:
    print(open_rounds(session, now, None, people)["households"], flush=True)
    sys.stdin.read()
"""
"""Opens the first part, and has the second in hand until it is killed."""


def test_a_round_whose_process_was_killed_between_two_parts_is_finished_and_nobody_is_asked_twice(
    new_database: Callable[[], str],
) -> None:
    url = new_database()
    database = _open(url)
    build(database, PLAN)
    first, second = _open_and_be_killed(url)
    assert first + second == PLAN.households
    assert min(first, second) > 0
    requests, _, _ = database.apply(_found)
    assert len(requests) == first, "the part that was in hand has left nothing"
    database.close()

    another = _open(url)
    counts = another.apply(open_rounds, MORNING.opens_at, None, PART)
    assert counts["households"] == second
    assert not any(another.apply(open_rounds, MORNING.opens_at, None, PART).values())
    requests, asked, prompts = another.apply(_found)
    another.close()
    assert requests == Counter(range(1, PLAN.households + 1))
    assert set(asked.values()) == {1}
    assert len(asked) == PLAN.households * 13 // 5
    assert set(prompts.values()) == {1}


def _open(url: str) -> Database:
    return Database(url, Vault(b"a key for the tests"), Policy())


def _open_and_be_killed(url: str) -> tuple[int, int]:
    """How many households the parts had: of the one that was committed, of the one that was in hand."""
    given = [url, MORNING.opens_at.isoformat(), str(PART)]
    with subprocess.Popen(
        [sys.executable, "-c", OPENER, *given], cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as opener:
        assert opener.stdout is not None
        first, second = (int(opener.stdout.readline()) for _ in range(2))
        opener.kill()
    return first, second


def _found(session: Session) -> tuple[Counter[int], Counter[int], Counter[int]]:
    """How many requests each household has, how often each person is asked, and each account prompted."""
    asked = select(Asked.person_id).join(Quarantine, Quarantine.person_id == Asked.person_id)
    return (
        Counter(session.scalars(select(ReportRequest.household_id))),
        Counter(session.scalars(asked)),
        Counter(session.scalars(select(OutboxMessage.account_id).where(OutboxMessage.template == "prompt"))),
    )
