"""Letters of a batch cost the database the same number of questions, however many; on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from channels.port import Message, Sent
from models.db import Database
from rules.mail import bot_pace
from rules.policy import Policy
from rules.rounds import Half, slot
from services.closing import close_rounds
from services.outbox import Claimed, claim
from services.outcomes import record_results
from services.results import Result
from services.rounds import open_rounds
from tests.contracts.counting import counted
from tests.harness import DAY

PLAN = Plan(40, DAY, per_grid=20, unjoined=0)
BOT = PLAN.bots[0]
FIRST = slot(DAY, Half.MORNING, Policy())


@pytest.fixture
def city(database: Database) -> Database:
    """A round is open, and everybody is owed a prompt."""
    build(database, PLAN)
    while any(database.apply(open_rounds, FIRST.opens_at).values()):
        pass
    return database


def _claimed(database: Database, now: datetime, limit: int) -> tuple[Claimed, int]:
    """What a claim of so many gives, and how many statements it took; they are delivered."""

    def work(session: Session) -> Claimed:
        return claim(session, now, BOT, "lease", bot_pace(30), limit, look_back=False)

    with counted(database) as asked:
        found = database.apply(work)
    results = [Result(one, Sent(str(one.id))) for one in found.parcels]
    database.apply(record_results, now, BOT, results)
    return found, len(asked)


def test_thirty_prompts_ask_the_database_no_oftener_than_three(city: Database) -> None:
    few, for_few = _claimed(city, FIRST.opens_at, 3)
    many, for_many = _claimed(city, FIRST.opens_at, 30)
    assert (len(few.parcels), len(many.parcels)) == (3, 30)
    assert for_few == for_many


def test_a_digest_of_a_whole_grid_is_written_with_a_few_questions(city: Database) -> None:
    while _claimed(city, FIRST.opens_at, 60)[0].parcels:
        pass
    while any(city.apply(close_rounds, FIRST.miss_at).values()):
        pass
    found, asked = _claimed(city, FIRST.miss_at + timedelta(minutes=2), 60)
    digests = [one.message for one in found.parcels if one.template == "digest"]
    assert len(digests) == PLAN.grids
    for message in digests:
        assert isinstance(message, Message)
        assert all(f"{place}. " in message.text for place in (1, PLAN.per_grid))
    assert asked < PLAN.households  # less than one a line
