"""Plain answers in the answer to the messenger's own call: once each, whatever is lost on the way."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.pacing import Pacer
from channels.port import Address, Incoming, Text
from models import Account, Bot, OutboxMessage
from rules.mail import MailState
from services.mailbox import say
from tests.contracts.test_webhook_flood import message
from tests.harness import BOT, DAY, HOOK, SECRET, Phone, Town, local, make_town

READING = "36.5"
CONFIRMED = "张强 36.5"


def called(number: int, who: Phone, words: str, *, carries: bool = True) -> Incoming:
    return Incoming(str(number), Address(BOT, str(who.number)), Text(words), carries=carries)


async def takes(town: Town, *batch: Incoming) -> dict[str, str]:
    """What goes back with the calls of this batch, by update."""
    riding = await town.stage.app.intake.accept(batch)
    return {number: said.text for number, said in riding.items()}


def states(town: Town) -> list[MailState]:
    return town.read(lambda session: list(session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id))))


@pytest.fixture
def zhang(town: Town) -> Phone:
    """In quarantine, and not yet asked: nothing is owed to anybody."""
    return town.phone("张强")


async def test_a_plain_answer_goes_back_with_the_call_and_in_no_other_way(town: Town, zhang: Phone) -> None:
    riding = await takes(town, called(1, zhang, READING))
    assert CONFIRMED in riding["1"]
    assert states(town) == [MailState.SENT]

    await town.stage.settle()
    assert zhang.inbox() == []


async def test_an_answer_that_was_lost_goes_back_when_the_update_comes_again(town: Town, zhang: Phone) -> None:
    first = await takes(town, called(1, zhang, READING))
    again = await takes(town, called(1, zhang, READING))
    assert again == first
    assert states(town) == [MailState.SENT]


async def test_an_answer_that_was_lost_is_owed_when_the_update_comes_again_in_another_way(
    town: Town, zhang: Phone
) -> None:
    await takes(town, called(1, zhang, READING))
    # The service has been started again, and asks for its updates now.
    assert await takes(town, called(1, zhang, READING, carries=False)) == {}
    await town.stage.settle()
    assert zhang.heard(CONFIRMED) == 1

    assert await takes(town, called(1, zhang, READING, carries=False)) == {}
    await town.stage.settle()
    assert zhang.heard(CONFIRMED) == 1


async def test_who_asks_for_updates_is_answered_by_requests(town: Town, zhang: Phone) -> None:
    assert await takes(town, called(1, zhang, READING, carries=False)) == {}
    await town.stage.settle()
    assert zhang.heard(CONFIRMED) == 1


async def test_nothing_overtakes_what_the_chat_is_owed_already(town: Town, zhang: Phone) -> None:
    def owe(session: Session) -> None:
        account = session.scalars(select(Account).where(Account.address == str(zhang.number))).one()
        say(session, town.now, account, "help-resident")

    town.database.apply(owe)
    assert await takes(town, called(1, zhang, READING)) == {}
    await town.stage.settle()
    assert len(zhang.inbox()) == 2
    assert CONFIRMED in zhang.inbox()[-1].text


async def test_two_answers_to_one_chat_keep_their_order(town: Town, zhang: Phone) -> None:
    assert await takes(town, called(1, zhang, "36.4"), called(2, zhang, READING)) == {}
    await town.stage.settle()
    assert ["36.4" in one.text for one in zhang.inbox()] == [True, False]


async def test_what_has_something_to_press_is_sent_so_that_it_can_be_changed_later(town: Town) -> None:
    await town.at("08:00")
    mother = town.phone("王芳")
    riding = await takes(town, called(1, mother, "王芳 38.6"))
    await town.stage.settle()
    sent = [one for one in mother.inbox() if one.buttons]
    assert sent
    assert not any(one.text in riding.values() for one in sent)


async def test_a_bot_that_was_told_to_wait_waits_with_this_too(town: Town, zhang: Phone) -> None:
    pause = update(Bot).where(Bot.name == BOT).values(paused_until=town.now.replace(hour=23, minute=59))
    town.database.apply(lambda session: session.execute(pause))
    assert await takes(town, called(1, zhang, READING)) == {}
    assert states(town) == [MailState.PENDING]


async def test_a_chat_that_was_told_to_wait_waits_with_this_too(town: Town, zhang: Phone) -> None:
    await takes(town, called(1, zhang, READING, carries=False))
    await town.stage.settle()
    pause = update(Account).values(paused_until=town.now.replace(hour=23, minute=59))
    town.database.apply(lambda session: session.execute(pause))
    assert await takes(town, called(2, zhang, READING)) == {}


async def test_an_answer_that_cannot_be_sent_so_fast_goes_the_ordinary_way(town: Town, zhang: Phone) -> None:
    rate = int(town.stage.app.settings.telegram.rate)
    assert town.stage.app.delivery.hold(BOT, rate) == rate // 2
    assert await takes(town, called(1, zhang, READING)) == {}
    assert states(town) == [MailState.PENDING]


async def test_places_that_nothing_took_are_free_again() -> None:
    pacer = Pacer(30)
    assert pacer.hold(40, 1000.0) == 15
    assert pacer.hold(1, 1000.0) == 0
    pacer.give_back(15)
    assert pacer.hold(3, 1000.0) == 3
    for number in range(27):
        assert pacer.ready_at(1000.9) is not None
        pacer.left(number, 1000.9)
    assert pacer.ready_at(1000.9) is None or (pacer.ready_at(1000.9) or 0) > 1001.9


async def test_telegram_is_told_with_the_answer_to_its_call(database_url: str) -> None:
    async with make_town(database_url, local(DAY, "07:00"), webhook=True) as town:
        town.houses("5号", [("张强", "户主")])
        zhang = town.joins("张强")
        said = message(1000, zhang.number, READING)
        first, again = await _call(town, said), await _call(town, said)
        assert (
            first
            == again
            == {
                "method": "sendMessage",
                "chat_id": zhang.number,
                "text": "✓ 收到，谢谢！\n张强 36.5",
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
            }
        )


async def test_a_resident_hears_it_once_and_no_request_was_made_for_it(database_url: str) -> None:
    async with make_town(database_url, local(DAY, "07:00"), webhook=True) as town:
        town.houses("5号", [("张强", "户主")])
        zhang = town.joins("张强")
        assert CONFIRMED in (await zhang.says(READING)).text
        await town.forward(minutes=5)

        assert zhang.heard(CONFIRMED) == 1
        assert town.read(lambda session: session.scalars(select(OutboxMessage.external_id)).all()) == [None]


async def _call(town: Town, said: dict[str, Any]) -> Any:
    async with aiohttp.ClientSession() as http:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with http.post(town.door + HOOK, data=json.dumps(said), headers=headers) as answer:
            assert answer.status == 200
            return json.loads(await answer.text())
