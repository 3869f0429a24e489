"""Nobody is bothered: what each phone hears in a fortnight in which all is well, day by day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from bot.simulate.city import Plan
from bot.simulate.habits import Habits
from bot.simulate.play import Play
from bot.simulate.running import open_empty
from tests.harness import DAY, ZONE, Phone, Town

pytestmark = pytest.mark.telegram

MOST = 4
"""Messages a day on one phone when all is well; what changes in place is none."""


def heard_by_day(phone: Phone) -> Counter[date]:
    """How many messages the bot has sent here on each local date."""
    found = phone.town.sandbox.world.messages(phone.number, phone.bot)
    said = [one for one in found if one.from_bot and one.content.file is None]  # a certificate is something to keep
    return Counter(datetime.fromtimestamp(one.date, ZONE).date() for one in said)


@pytest.mark.needs("edits")
async def test_days_in_which_all_is_well_are_four_messages_at_most(town: Town) -> None:
    """The mother types, the grandfather presses or is told, a neighbour presses; everybody in time."""
    mother, grandfather, man = town.phone("王芳"), town.joins("王建国"), town.phone("张强")
    minutes = (23, 8, 41, 15, 32)
    for at in range(8):
        day = DAY + timedelta(days=at // 2)
        await town.at("08:00" if at % 2 == 0 else "18:00", day)
        await town.forward(minutes=minutes[at % 5])
        values = [f"{36.3 + (at * step) % 6 / 10:.1f}" for step in (1, 5, 7)]
        if at % 3 == 2:
            prompt = [one for one in grandfather.inbox() if "请量体温" in one.text][-1]
            for value in values:
                await grandfather.presses(prompt, value)
        else:
            await mother.says(" ".join(values))
        prompt = [one for one in man.inbox() if "请量体温" in one.text][-1]
        await man.presses(prompt, values[0])
    await town.at("07:00", DAY + timedelta(days=4))
    for phone in (mother, grandfather, man):
        days = heard_by_day(phone)
        assert {day: count for day, count in days.items() if count > MOST} == {}, phone.name
    assert max(heard_by_day(man).values()) == 2  # who presses is answered in the prompt itself
    # and who is told that somebody was quicker, in the place of their own question
    assert sum(heard_by_day(grandfather).values()) == 8
    assert "王芳 已上报" in next(one for one in grandfather.inbox() if one.edited).text


CALM = Habits(
    answers=0.9999,
    in_time=1.0,
    alike=1e9,
    median_answer=20.0,
    spread_answer=0.4,
    slips=0.0,
    parts=0.0,
    mends=0.0,
    falls_ill=0.0,
    blocks=0.0,
    redelivered=0.0,
    uncertain=0.0,
    failed=0.0,
)
"""Everybody answers in one message, before anybody is reminded."""


@pytest.mark.many_days
async def test_a_simulated_week_in_which_all_is_well_is_four_messages_a_day_at_most(database_url: str) -> None:
    plan = Plan(8, DAY, per_grid=4, unjoined=0.0, days=7, seed=7)
    database = open_empty(database_url, lasting=False)
    try:
        played = await Play(database, plan, CALM, timedelta(minutes=5), 30).play(lambda _: None)
    finally:
        database.close()
    last = DAY + timedelta(days=6)
    days = [phone.heard[one] for phone in played.crowd.families for one in phone.heard if one < last]
    assert len(days) == 8 * 6
    assert max(days) <= MOST
    for phone in played.crowd.officials:
        assert phone.heard.total() <= len(played.crowd.officials) + 7  # nothing is wrong: questions of the day at most
