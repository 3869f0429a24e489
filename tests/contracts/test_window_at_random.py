"""The 48 hours at random, through the whole house, against an account of the sandbox that counts by itself.

People write, click, scan and are silent; the house asks, reminds, alarms and tells; and messages of every priority are
owed besides. WeChat is never asked for what it would refuse, and nothing that it would take is kept back but for what
is declared to be kept for graver messages.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import Account, OutboxMessage
from rules.mail import MailState, Priority
from rules.roles import Role
from rules.window import KEPT
from services.mailbox import say
from services.words import Value
from tests.examples import examples
from tests.harness import BOT, DAY, Town, local, make_town
from tests.tencent import TownsWeChat

PEOPLE = ("王芳", "李网格员", "赵网格长")
WORDS = ("帮助", "状态", "36.5", "38.4", "今日", "1", "谢谢", "下雪了")


@dataclass(frozen=True)
class Step:
    """What happens next, to whom; `more` is the words, the priority, the length or the minutes of it."""

    what: str
    who: str
    more: int

    async def play(self, town: Town) -> None:
        phone = town.phone(self.who)
        match self.what:
            case "says":
                await phone.says(WORDS[self.more % len(WORDS)])
            case "clicks":
                account_of(town).account.inbox.add("click", {"key": "/status"}, phone.number)
                await town.stage.settle()
            case "scans":
                await phone.starts(f"scene{self.more % 10}")
            case "owed":
                owe(town, self.who, Priority(self.more % 4), 1 + self.more % 3)
                await town.stage.settle()
            case _:
                await town.forward(minutes=self.more)


minutes = st.one_of(st.integers(0, 3), st.integers(1, 600), st.sampled_from([47 * 60 + 59, 48 * 60, 48 * 60 + 1]))
STEP = st.one_of(
    st.builds(Step, st.sampled_from(["says", "clicks", "scans"]), st.sampled_from(PEOPLE), st.integers(0, 9)),
    st.builds(Step, st.just("owed"), st.sampled_from(PEOPLE), st.integers(0, 11)),
    st.builds(Step, st.just("waits"), st.just(PEOPLE[0]), minutes),
)


@settings(max_examples=examples(3, 300))
@given(st.lists(STEP, min_size=6, max_size=18))
def test_no_permitted_push_is_refused_and_no_forbidden_one_is_tried(
    new_database: Callable[[], str], steps: Sequence[Step]
) -> None:
    asyncio.run(_play(new_database(), steps))


async def _play(url: str, steps: Sequence[Step]) -> None:
    async with make_town(url, local(DAY, "09:00"), messenger="wechat", shuts=True) as town:
        town.employs("李网格员", Role.GRID_WORKER)
        town.employs("赵网格长", Role.GRID_HEAD)
        town.houses("3号", [("王芳", "户主")], first_day=None)
        town.joins("王芳")
        for step in steps:
            await step.play(town)
        refusals = town.sandbox.world.figures.errors
        assert refusals[45015] == refusals[45047] == 0
        _kept_back_only_what_is_kept(town)


def _kept_back_only_what_is_kept(town: Town) -> None:
    rows = {row.id: row for row in town.read(lambda session: session.scalars(select(OutboxMessage)).all())}
    for push in account_of(town).pushed:
        row = rows[push.number]
        if push.outside:
            assert push.room - push.messages < KEPT[Priority(row.priority)], (push, row.template)
            assert row.state is MailState.UNREACHABLE
        else:
            assert push.messages <= push.room, (push, row.template)


async def test_an_alert_has_its_reserve_whatever_was_told_before(database_url: str) -> None:
    async with make_town(database_url, local(DAY, "09:00"), messenger="wechat", shuts=True) as town:
        town.employs("李网格员", Role.GRID_WORKER)
        for priority in (Priority.NOTICE, Priority.PROMPT, Priority.ALERT):
            for _ in range(6):
                owe(town, "李网格员", priority, 1)
                await town.stage.settle()
        rows = town.read(lambda session: session.scalars(select(OutboxMessage)).all())
        went = Counter(row.priority for row in rows if row.state is MailState.SENT)
        assert went == {Priority.NOTICE: 3, Priority.PROMPT: 1, Priority.ALERT: 1}
        assert sum(town.sandbox.world.figures.errors.values()) == 0


def account_of(town: Town) -> TownsWeChat:
    channel = town.stage.app.channels[BOT]
    assert isinstance(channel, TownsWeChat)
    return channel


def owe(town: Town, name: str, priority: Priority, pieces: int) -> None:
    """A message of so many pieces, if the account can be reached at all."""
    with town.database.transaction() as session:
        address = str(town.phone(name).number)
        account = session.scalars(select(Account).where(Account.address == address)).one()
        if account.reachable:
            args: dict[str, Value] = {"name": "好。" * 300 * (pieces - 1) + name, "where": "3号", "time": "09:00"}
            say(session, town.now, account, "photo", args, priority=priority)
