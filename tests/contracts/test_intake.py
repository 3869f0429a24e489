"""What the way in promises: every update has its effect once, whatever else fails; on both databases."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session

from bot.intake import MOST_TOGETHER, Intake
from channels.port import Address, Choice, Content, Incoming, Message, Press, Reachable, Span, Text
from models import Account, OutboxMessage, RejectedUpdate, SeenUpdate, TemperatureReading
from services.bots import register_bots
from tests.harness import BOT, USERNAME, Phone, Town
from tests.patience import until

SORRY = "没处理好"


def update(number: int, who: Phone, content: Content) -> Incoming:
    return Incoming(str(number), Address(BOT, str(who.number)), content)


def readings(session: Session) -> list[float]:
    return [float(one) for one in session.scalars(select(TemperatureReading.celsius).order_by(TemperatureReading.id))]


def rejected(session: Session) -> list[RejectedUpdate]:
    return list(session.scalars(select(RejectedUpdate).order_by(RejectedUpdate.id)))


def owed(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(OutboxMessage)) or 0


@pytest.fixture
async def asked(town: Town) -> Town:
    """It is eight o'clock and everybody has been asked."""
    await town.at("08:00")
    return town


async def test_a_repeated_update_has_one_effect(asked: Town) -> None:
    intake, once = asked.stage.app.intake, update(1, asked.phone("张强"), Text("36.5"))
    await intake.accept([once])
    before = asked.read(owed)
    await intake.accept([once])
    await intake.accept([once, once])

    assert asked.read(readings) == [36.5]
    assert asked.read(owed) == before


async def test_an_update_that_is_twice_in_one_batch_has_one_effect(asked: Town) -> None:
    once = update(1, asked.phone("张强"), Text("36.5"))
    await asked.stage.app.intake.accept([once, once])

    assert asked.read(readings) == [36.5]


async def test_an_update_handed_over_again_after_a_restart_has_one_effect(asked: Town) -> None:
    batch = [update(1, asked.phone("张强"), Text("36.5"))]
    await asked.stage.app.intake.accept(batch)
    woken: list[str] = []
    await Intake(asked.database, asked.stage.clock, woken.append).accept(batch)

    assert asked.read(readings) == [36.5]
    assert woken == [BOT]


async def test_the_same_number_of_another_bot_is_another_update(asked: Town) -> None:
    await asked.database.run(register_bots, {"second": "telegram"})
    intake = asked.stage.app.intake
    await intake.accept([update(1, asked.phone("张强"), Text("36.5"))])
    await intake.accept([Incoming("1", Address("second", "77"), Text("你好"))])

    assert asked.read(lambda session: session.scalar(select(func.count()).select_from(SeenUpdate))) == 2
    assert asked.read(lambda session: session.scalars(select(Account).where(Account.bot == "second")).one().address)


async def test_what_one_chat_says_is_taken_in_its_order(asked: Town) -> None:
    who = asked.phone("张强")
    values = ["36.4", "36.9", "36.6"]
    await asked.stage.app.intake.accept([update(number, who, Text(value)) for number, value in enumerate(values)])

    assert asked.read(readings) == [36.4, 36.9, 36.6]
    standing = select(TemperatureReading.celsius).where(TemperatureReading.superseded_by.is_(None))
    assert [float(one) for one in asked.read(lambda session: session.scalars(standing).all())] == [36.6]


@pytest.mark.parametrize(
    "key", ["take:x", "take:99999999999999999999", "passto:1"], ids=["no number", "no such number", "half a key"]
)
async def test_what_cannot_be_handled_is_kept_and_the_rest_of_the_batch_goes_on(asked: Town, key: str) -> None:
    mother, neighbour, worker = asked.phone("王芳"), asked.phone("张强"), asked.phone("李网格员")
    now = asked.now
    await asked.stage.app.intake.accept(
        [
            update(1, mother, Text("36.4 36.5 36.6")),
            update(2, worker, Press(key)),
            update(3, neighbour, Text("36.7")),
        ]
    )
    await asked.stage.settle()

    [kept] = asked.read(rejected)
    assert (kept.bot, kept.update_id, kept.at) == (BOT, "2", now)
    assert (kept.content["kind"], kept.content["key"]) == ("Press", key)
    assert kept.error
    assert asked.read(readings) == [36.4, 36.5, 36.6, 36.7]
    assert worker.heard(SORRY) == 1
    assert mother.heard(SORRY) == neighbour.heard(SORRY) == 0


async def test_a_button_from_an_older_version_is_answered_with_an_apology_once(asked: Town) -> None:
    worker = asked.phone("李网格员")
    old = Message(((Span("旧消息"),),), ((Choice("take:x", "我来处理"),),))
    await asked.stage.app.channels[BOT].send(Address(BOT, str(worker.number)), old)
    await worker.presses(await worker.hears("旧消息"), "我来处理")
    await worker.says("帮助")

    assert worker.heard(SORRY) == 1
    assert [one.error for one in asked.read(rejected)]


async def test_a_rejected_update_is_not_tried_again(asked: Town) -> None:
    batch = [update(1, asked.phone("李网格员"), Press("take:x"))]
    for _ in range(3):
        await asked.stage.app.intake.accept(batch)
    await asked.stage.settle()

    assert len(asked.read(rejected)) == 1
    assert asked.phone("李网格员").heard(SORRY) == 1


async def test_nothing_accepted_is_lost_when_the_transaction_fails(asked: Town) -> None:
    who, updates = asked.phone("张强"), asked.sandbox.world.bot(USERNAME).updates
    rename(asked, "seen_updates", "seen_updates_away")
    calls = asked.sandbox.world.figures.calls
    before = calls["getUpdates"]
    asked.sandbox.world.send_text(who.number, USERNAME, "36.5")
    await until(lambda: calls["getUpdates"] > before)  # it was handed over, refused, and asked for again
    assert len(updates) == 1
    assert asked.read(readings) == []

    rename(asked, "seen_updates_away", "seen_updates")
    await asked.stage.settle()
    assert len(updates) == 0
    assert asked.read(readings) == [36.5]
    assert asked.read(rejected) == []


async def test_a_batch_whose_transaction_fails_leaves_nothing_behind(asked: Town) -> None:
    batch = [update(1, asked.phone("张强"), Text("36.5")), update(2, asked.stranger("刘洋"), Text("你好"))]
    before = asked.read(owed)
    rename(asked, "accounts", "accounts_away")
    with pytest.raises(Exception, match="accounts"):
        await asked.stage.app.intake.accept(batch)
    rename(asked, "accounts_away", "accounts")
    assert (asked.read(readings), asked.read(owed)) == ([], before)

    await asked.stage.app.intake.accept(batch)
    assert asked.read(readings) == [36.5]


def rename(town: Town, table: str, name: str) -> None:
    """Takes a table away, or puts it back: a database that cannot be written to."""
    with town.database.transaction() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


async def test_whoever_blocks_the_bot_is_lost_until_they_write_again(town: Town) -> None:
    who, intake = town.phone("张强"), town.stage.app.intake

    def reach(session: Session) -> tuple[bool, str | None]:
        account = session.scalars(select(Account).where(Account.address == str(who.number))).one()
        return account.reachable, account.why_unreachable

    await intake.accept([update(1, who, Reachable(False))])
    assert town.read(reach) == (False, "blocked")
    await intake.accept([update(2, who, Text("我回来了"))])
    assert town.read(reach) == (True, None)
    await intake.accept([update(3, who, Reachable(False)), update(4, who, Reachable(True))])
    assert town.read(reach) == (True, None)


async def test_batches_at_one_time_do_not_disturb_each_other(asked: Town) -> None:
    people = [asked.phone(name) for name in ("王芳", "张强", "李网格员", "赵网格长", "孙社区", "钱街道")]
    batches = [[update(number, one, Text("帮助"))] for number, one in enumerate(people)]
    before = [len(one.inbox()) for one in people]
    await asyncio.gather(*(asked.stage.app.intake.accept(batch) for batch in batches))
    await asked.stage.settle()

    assert [len(one.inbox()) for one in people] == [count + 1 for count in before]


# Calls that arrive together (group commit)


async def test_a_call_that_comes_five_times_at_once_has_one_effect(asked: Town) -> None:
    intake, once = asked.stage.app.intake, update(1, asked.phone("张强"), Text("36.5"))
    before = asked.read(owed)
    await asyncio.gather(*(intake.accept([once]) for _ in range(5)))

    assert asked.read(readings) == [36.5]
    assert asked.read(owed) == before + 1


async def test_five_processes_that_are_called_with_the_same_at_once_have_one_effect(asked: Town) -> None:
    app, once = asked.stage.app, update(1, asked.phone("张强"), Text("36.5"))
    before = asked.read(owed)
    processes = [Intake(app.database, app.clock, lambda _bot: None) for _ in range(5)]
    await asyncio.gather(*(one.accept([once]) for one in processes))

    assert asked.read(readings) == [36.5]
    assert asked.read(owed) == before + 1


async def test_what_gathers_while_a_commit_is_waited_for_is_one_more_commit(asked: Town) -> None:
    intake, commits = asked.stage.app.intake, 0

    def count(_connection: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(asked.database.engine, "commit", count)
    calls = [[update(number, asked.phone("张强"), Text("帮助"))] for number in range(MOST_TOGETHER + 51)]
    await asyncio.gather(*(intake.accept(call) for call in calls))
    event.remove(asked.database.engine, "commit", count)

    assert commits == 2


async def test_what_one_chat_says_in_several_calls_is_taken_in_its_order(asked: Town) -> None:
    intake, who, values = asked.stage.app.intake, asked.phone("张强"), ["36.4", "36.9", "36.6", "36.8"]
    await asyncio.gather(*(intake.accept([update(9 - at, who, Text(one))]) for at, one in enumerate(values)))

    assert asked.read(readings) == [36.4, 36.9, 36.6, 36.8]


async def test_calls_that_arrive_together_are_all_taken_in(asked: Town) -> None:
    intake = asked.stage.app.intake
    calls = [intake.accept([update(number, asked.phone("张强"), Text("36.5"))]) for number in range(1, 40)]
    await asyncio.gather(*calls)

    assert asked.read(lambda session: session.scalar(select(func.count(SeenUpdate.bot)))) == 39
    assert len(asked.read(readings)) == 39


async def test_a_call_that_cannot_be_committed_fails_alone(asked: Town) -> None:
    intake = asked.stage.app.intake
    no_such_bot = Incoming("1", Address("nobody's", "77"), Text("36.6"))
    answers = await asyncio.gather(
        intake.accept([update(1, asked.phone("张强"), Text("36.5"))]),
        intake.accept([no_such_bot]),
        intake.accept([update(2, asked.phone("张强"), Text("36.7"))]),
        return_exceptions=True,
    )

    assert [isinstance(answer, Exception) for answer in answers] == [False, True, False]
    assert sorted(asked.read(readings)) == [36.5, 36.7]


async def test_what_was_handed_over_is_taken_in_though_its_caller_went_away(asked: Town) -> None:
    intake = asked.stage.app.intake
    caller = asyncio.create_task(intake.accept([update(1, asked.phone("张强"), Text("36.5"))]))
    await asyncio.sleep(0)
    caller.cancel()
    await intake.close()

    assert asked.read(readings) == [36.5]
