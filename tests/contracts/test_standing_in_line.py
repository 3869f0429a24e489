"""Copies of a notice stand in line until their bot has little left to send, on both databases."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.port import Message, Sent, Unreachable
from models import Account, Area, Bot, Notice, NoticeCopy, NoticePart, OutboxMessage, Person
from models.db import Database
from rules.mail import HELD, MailState, bot_pace
from rules.notice_life import NoticeAct
from services import bundling, register
from services.agenda import due_times
from services.gauges import read_gauges
from services.notice_life import change
from services.notice_sweeps import sweep
from services.outbox import claim
from services.outcomes import record_results
from services.owing import owe_ahead
from services.phones import retire, unlink
from services.receipts import Receipts, receipts
from services.results import Result
from services.returning import bring
from services.spreading import send_to_doors, spread
from tests.harness import BOT, DAY, local, raise_the_house
from tests.recounting import recount

NOON, NIGHT = local(DAY, "12:00"), local(DAY, "22:30")
SOON = NOON + timedelta(seconds=5)
OTHER_BOT = "west"
DOORS = 6
NOT_TOLD = (MailState.DROPPED, MailState.MOVED)


@pytest.fixture
def town(database: Database) -> Database:
    """Six doors of one grid; behind the last two people hear from another bot."""
    database.apply(_settle)
    return database


def _settle(session: Session) -> None:
    raise_the_house(session, NOON)
    session.add(Bot(name=OTHER_BOT, channel="telegram"))
    session.flush()
    grid = session.scalars(select(Area).where(Area.code == "G1")).one()
    for number in range(DOORS):
        household = register.household_at(session, grid, f"{number}号")
        person = register.add_person(session, NOON, name=f"人{number}")
        register.add_resident(session, NOON, person=person, household=household)
        bot = OTHER_BOT if number >= DOORS - 2 else BOT
        session.add(Account(bot=bot, address=f"{number}", person_id=person.id, created_at=NOON))


def tell(session: Session, now: datetime = NOON, body: str = "今天停水") -> int:
    """A notice to every door; the first is told at once, the others stand in line, a door a part."""
    area = session.scalars(select(Area).where(Area.code == "S1")).one()
    author = session.scalars(select(Person)).first()
    assert author
    notice = Notice(author_id=author.id, area_id=area.id, body=body, created_at=now)
    session.add(notice)
    session.flush()
    send_to_doors(session, now, notice, households=1)
    while spread(session, now, households=1)["left"]:
        pass
    return notice.id


def owed(session: Session, bot: str = BOT) -> list[int]:
    """Of which notices messages wait at a bot, in the order in which they are sent."""
    mail = (
        select(OutboxMessage)
        .where(OutboxMessage.bot == bot, OutboxMessage.template == "notice", OutboxMessage.state == MailState.PENDING)
        .order_by(OutboxMessage.id)
    )
    numbers = [int((one.about or "").partition(":")[2]) for one in session.scalars(mail)]
    return [session.get_one(NoticeCopy, number).notice_id for number in numbers]


def write_all(session: Session, now: datetime = NOON, ahead: int = 100) -> int:
    parts = 0
    while owe_ahead(session, now, ahead)["left"]:
        parts += 1
    return parts


def do(session: Session, number: int, act: NoticeAct, body: str | None = None) -> bool:
    notice = session.get_one(Notice, number)
    return change(session, NOON, notice, act, notice.author_id, body)


def send(session: Session, now: datetime = SOON, most: int = 30, bot: str = BOT) -> list[str]:
    """What the bot is given now, and it arrives."""
    parcels = claim(session, now, bot, "ours", bot_pace(1000.0), most).parcels
    record_results(session, now, bot, [Result(one, Sent(f"m{one.id}")) for one in parcels])
    return [one.message.text for one in parcels if isinstance(one.message, Message)]


def counted(session: Session, number: int) -> Receipts:
    found = receipts(session, number)
    assert found == recount(session, number, session.get_one(Notice, number).area_id)
    return found


def standing(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(NoticePart)) or 0


def test_everybody_counts_at_once_and_messages_are_written_as_a_bot_comes_to_them(town: Database) -> None:
    number = town.apply(tell)
    assert town.apply(counted, number).people == DOORS
    assert town.apply(owed) == [number]  # the first door's
    assert town.apply(read_gauges, NOON, NOON).in_line == {(BOT,): DOORS - 3, (OTHER_BOT,): 2}

    assert town.apply(owe_ahead, NOON, 2) == {"messages": 1, "left": 1}
    while town.apply(owe_ahead, NOON, 2)["left"]:
        pass
    assert len(town.apply(owed)) == len(town.apply(owed, OTHER_BOT)) == 2  # each bot has enough before it
    assert len(town.apply(send)) == 2
    assert town.apply(write_all, NOON, 2) == 2
    assert len(town.apply(owed)) == 2
    assert town.apply(standing) == 0


def test_a_second_notice_does_not_wait_behind_all_of_the_first(town: Database) -> None:
    first = town.apply(tell)
    town.apply(owe_ahead, NOON)
    second = town.apply(tell)
    town.apply(write_all)
    # The second begins where the first has come to, and from there they go out side by side.
    assert town.apply(owed) == [first, first, second, first, second, first, second, second]


def test_nothing_is_written_of_what_is_held_up_and_it_goes_on_where_it_was(town: Database) -> None:
    held = town.apply(tell)
    town.apply(do, held, NoticeAct.PAUSED)
    assert town.apply(write_all) == 0
    assert "event-copies" not in town.apply(due_times)
    other = town.apply(tell)
    assert town.apply(write_all) == DOORS - 1  # nobody else waits for it
    town.apply(do, held, NoticeAct.RESUMED)
    assert "event-copies" in town.apply(due_times)
    assert town.apply(write_all) == DOORS - 1
    assert Counter(town.apply(owed) + town.apply(owed, OTHER_BOT)) == {held: DOORS, other: DOORS}


@pytest.mark.parametrize("act", [NoticeAct.STOPPED, NoticeAct.WITHDRAWN])
def test_what_stood_in_line_when_it_was_stopped_counts_as_never_sent(town: Database, act: NoticeAct) -> None:
    number = town.apply(tell)
    town.apply(owe_ahead, NOON)
    assert len(town.apply(send)) == 2
    town.apply(do, number, act)
    assert town.apply(write_all) == 0
    assert town.apply(standing) == 0
    while town.apply(sweep, SOON, 2)["left"]:
        pass
    count = town.apply(counted, number)
    assert (count.sent, count.dropped, count.waiting) == (2, DOORS - 2, 0)


def test_what_is_corrected_in_line_is_told_once_and_right(town: Database) -> None:
    number = town.apply(tell)
    town.apply(do, number, NoticeAct.CORRECTED, "今天不停水")
    while town.apply(sweep, SOON, 2)["left"]:
        pass
    town.apply(write_all)
    told = town.apply(send)
    assert len(told) == DOORS - 2
    assert all("今天不停水" in one for one in told)


def test_what_stands_in_line_when_the_night_begins_waits_for_the_morning(town: Database) -> None:
    number = town.apply(tell)
    assert town.apply(write_all, NIGHT) == 1  # all of it is put off
    assert town.apply(owed) == [number]
    morning = town.apply(due_times)["event-copies"]
    assert morning > NIGHT
    assert town.apply(write_all, morning) == DOORS - 1


def test_what_is_confirmed_at_night_fills_no_bot(town: Database) -> None:
    town.apply(tell, NIGHT)
    assert town.apply(standing) == DOORS - 1
    assert town.apply(write_all, NIGHT) == 0
    morning = town.apply(due_times)["event-copies"]
    assert town.apply(write_all, morning) == DOORS - 1


def test_three_that_stand_in_line_for_one_person_are_one_message(town: Database) -> None:
    numbers = [town.apply(tell, NOON, body) for body in ("停水", "停电", "停气")]
    assert town.apply(standing) == 3 * (DOORS - 1)
    town.apply(write_all)
    assert town.apply(owed) == []  # not one of them by itself
    together = select(OutboxMessage).where(OutboxMessage.template == bundling.TEMPLATE)
    carriers = town.apply(lambda session: list(session.scalars(together)))
    assert sorted(len(one.args["copies"]) for one in carriers) == [3] * DOORS
    for text in town.apply(send):
        assert all(body in text for body in ("停水", "停电", "停气"))
    assert {town.apply(counted, number).sent for number in numbers} == {DOORS - 2}


async def test_a_copy_put_with_others_while_its_message_is_written_is_told_once(town: Database) -> None:
    """The parts of two notices are written into messages while a third one puts them together."""
    for body in ("停水", "停电"):
        town.apply(tell, NOON, body)
    third = town.apply(_begin, "停气")
    while True:
        done = await asyncio.gather(
            town.run(spread, NOON, 1), *(town.run(owe_ahead, NOON) for _ in range(3)), town.run(spread, NOON, 1)
        )
        if not any(one["left"] for one in done):
            break
    assert town.apply(standing) == 0
    for number in range(1, third + 1):
        assert town.apply(counted, number).people == DOORS
    assert town.apply(_times_told) == {1}


def _begin(session: Session, body: str) -> int:
    """As `tell`, but nobody has his copy yet."""
    one = session.get_one(Notice, 1)
    notice = Notice(
        author_id=one.author_id, area_id=one.area_id, body=body, created_at=NOON, spread_at=NOON, spread_to=0
    )
    session.add(notice)
    session.flush()
    return notice.id


def _times_told(session: Session) -> set[int]:
    """In how many messages that will be sent, or were, a copy stands."""
    told = Counter[int]()
    mail = select(OutboxMessage).where(OutboxMessage.edits_id.is_(None), OutboxMessage.state.not_in(NOT_TOLD))
    for one in session.scalars(mail.where(OutboxMessage.template.in_(["notice", bundling.TEMPLATE]))):
        assert one.due_at < HELD
        told.update(one.args["copies"] if one.template == bundling.TEMPLATE else [int((one.about or "").split(":")[1])])
    return {told[number] for number in session.scalars(select(NoticeCopy.id))}


def test_what_is_taken_out_of_a_message_with_others_and_stood_in_line_is_told_once(town: Database) -> None:
    """Three are one message before they are written; one of them is held up as it leaves, and let go."""
    numbers = [town.apply(tell, NOON, body) for body in ("停水", "停电", "停气")]
    town.apply(do, numbers[0], NoticeAct.PAUSED)
    for text in town.apply(send):
        assert "停水" not in text
    town.apply(do, numbers[0], NoticeAct.RESUMED)
    while town.apply(sweep, SOON, 2)["left"]:
        pass
    town.apply(write_all)
    assert town.apply(_times_told) == {1}
    town.apply(send, SOON + timedelta(minutes=1))
    assert town.apply(counted, numbers[0]).sent == DOORS - 2


def test_what_stood_in_line_and_was_taken_out_counts_as_never_sent_when_it_is_stopped(town: Database) -> None:
    numbers = [town.apply(tell, NOON, body) for body in ("停水", "停电", "停气")]
    town.apply(do, numbers[0], NoticeAct.PAUSED)
    town.apply(send)
    town.apply(do, numbers[0], NoticeAct.STOPPED)
    while town.apply(sweep, SOON, 2)["left"]:
        pass
    assert town.apply(counted, numbers[0]).dropped == DOORS


def test_whose_chat_was_lost_is_told_once_by_the_other_bot_that_has_the_same_part_in_line(town: Database) -> None:
    """Of one part, one bot's messages are written and the other's are not; there somebody has a second chat."""
    town.apply(_second_chat, "0")
    number = town.apply(tell_in_one_part)
    town.apply(owe_ahead, NOON)
    town.apply(lose_first)
    town.apply(write_all)
    assert town.apply(_times_told) == {1}
    assert town.apply(owed, OTHER_BOT) == [number] * 3


def test_whose_chat_was_put_away_is_told_in_another_one_what_stood_in_line(town: Database) -> None:
    town.apply(_second_chat, "0")
    town.apply(_second_chat, "1")
    number = town.apply(tell_in_one_part)
    town.apply(_put_away, "0", "0b")
    town.apply(_put_away, "1", None)
    town.apply(write_all)
    assert town.apply(_times_told) == {1}
    assert town.apply(chats_owed) == {"0b", "1b", "2", "3", "4", "5"}
    assert town.apply(can_be_answered)
    town.apply(send, SOON)
    town.apply(send, SOON, bot=OTHER_BOT)
    assert town.apply(counted, number).sent == DOORS


def test_what_stood_in_line_for_a_chat_that_is_nobodys_any_more_is_not_told_there(town: Database) -> None:
    number = town.apply(tell_in_one_part)
    town.apply(_put_away, "0", None)
    town.apply(write_all)
    assert town.apply(chats_owed) == {"1", "2", "3", "4", "5"}
    assert town.apply(counted, number).people == DOORS


def test_what_is_held_up_and_stands_in_line_for_a_chat_that_is_put_away_waits_in_the_other(town: Database) -> None:
    town.apply(_second_chat, "0")
    number = town.apply(tell_in_one_part)
    town.apply(do, number, NoticeAct.PAUSED)
    town.apply(_put_away, "0", "0b")
    assert town.apply(chats_owed) == {"0b"}
    assert town.apply(send, SOON, bot=OTHER_BOT) == []
    town.apply(do, number, NoticeAct.RESUMED)
    while town.apply(sweep, SOON, 2)["left"]:
        pass
    town.apply(write_all)
    assert town.apply(_times_told) == {1}


def test_who_fetches_what_stands_in_line_for_them_is_told_once(town: Database) -> None:
    number = town.apply(tell_in_one_part)

    def fetch(session: Session) -> None:
        bring(session, NOON, chat(session, "0"), session.get_one(Notice, number))

    town.apply(fetch)
    town.apply(write_all)
    assert town.apply(_times_told) == {1}


def test_a_notice_that_comes_while_another_is_held_up_goes_out_beside_those_under_way(town: Database) -> None:
    held = town.apply(tell)
    town.apply(do, held, NoticeAct.PAUSED)
    first = town.apply(tell)
    for _ in range(2):
        town.apply(owe_ahead, NOON)
    second = town.apply(tell)
    town.apply(write_all)
    # The first has come to its third part: the second does not go before it with two of its own.
    assert town.apply(owed)[-4:] == [first, second, second, second]


def test_what_was_held_up_is_let_go_beside_those_under_way_and_not_before_them(town: Database) -> None:
    held = town.apply(tell)
    town.apply(do, held, NoticeAct.PAUSED)
    other = town.apply(tell)
    for _ in range(2):
        town.apply(owe_ahead, NOON)
    town.apply(do, held, NoticeAct.RESUMED)
    town.apply(write_all)
    assert town.apply(owed)[-4:] == [held, other, held, held]


def tell_in_one_part(session: Session) -> int:
    """Nobody is told at once: all doors stand in line as one part."""
    area = session.scalars(select(Area).where(Area.code == "S1")).one()
    author = session.scalars(select(Person)).first()
    assert author
    notice = Notice(author_id=author.id, area_id=area.id, body="今天停水", created_at=NOON, spread_at=NOON, spread_to=0)
    session.add(notice)
    session.flush()
    while spread(session, NOON)["left"]:
        pass
    return notice.id


def chat(session: Session, address: str) -> Account:
    return session.scalars(select(Account).where(Account.address == address)).one()


def _second_chat(session: Session, address: str) -> None:
    """Somebody has one at the other bot too, in which they are not told."""
    first = chat(session, address)
    session.add(
        Account(bot=OTHER_BOT, address=f"{address}b", person_id=first.person_id, created_at=NOON, told_here=False)
    )


def lose_first(session: Session) -> None:
    """Of what the bot is given, the first chat is gone."""
    first, *others = claim(session, SOON, BOT, "ours", bot_pace(1000.0), 30).parcels
    record_results(session, SOON, BOT, [Result(first, Unreachable("blocked"))])
    record_results(session, SOON, BOT, [Result(one, Sent(f"m{one.id}")) for one in others])


def _put_away(session: Session, address: str, instead: str | None) -> None:
    if instead is None:
        unlink(session, NOON, chat(session, address), None, "not me")
    else:
        retire(session, NOON, chat(session, address), chat(session, instead))


def chats_owed(session: Session) -> set[str]:
    """Where notices wait to be sent."""
    mail = select(Account.address).join(OutboxMessage, OutboxMessage.account_id == Account.id)
    return set(
        session.scalars(mail.where(OutboxMessage.template == "notice", OutboxMessage.state == MailState.PENDING))
    )


def can_be_answered(session: Session) -> bool:
    """Whether 收到 is taken where each notice is told."""
    mail = select(OutboxMessage).where(OutboxMessage.template == "notice", OutboxMessage.state == MailState.PENDING)
    return all(
        session.get_one(NoticeCopy, int((one.about or "").split(":")[1])).account_id == one.account_id
        for one in session.scalars(mail)
    )


async def test_whose_chat_is_put_away_while_its_message_is_written_is_told_once_and_elsewhere(town: Database) -> None:
    for address in ("0", "1", "2", "3"):
        town.apply(_second_chat, address)
    number = town.apply(tell_in_one_part)
    await asyncio.gather(
        *(town.run(owe_ahead, NOON) for _ in range(2)),
        town.run(_put_away, "0", "0b"),
        town.run(_put_away, "1", None),
        *(town.run(owe_ahead, NOON) for _ in range(2)),
        town.run(_put_away, "2", None),
        town.run(_put_away, "3", "3b"),
    )
    town.apply(write_all)
    assert town.apply(_times_told) == {1}
    assert town.apply(chats_owed) == {"0b", "1b", "2b", "3b", "4", "5"}
    assert town.apply(owed, OTHER_BOT) == [number] * DOORS


def test_a_chat_that_was_put_away_as_the_list_was_made_is_told_nothing(town: Database) -> None:
    town.apply(tell_in_one_part)

    def leave(session: Session) -> None:
        chat(session, "0").person_id = None

    town.apply(leave)
    town.apply(write_all)
    assert town.apply(chats_owed) == {"1", "2", "3", "4", "5"}


def test_who_asks_for_quiet_while_a_copy_stands_in_line_is_not_told(town: Database) -> None:
    number = town.apply(tell_in_one_part)
    town.apply(_ask_for_quiet, "0")
    town.apply(write_all)
    town.apply(_ask_for_quiet, "1")
    assert len(town.apply(send)) == DOORS - 4
    assert len(town.apply(send, bot=OTHER_BOT)) == 2
    count = town.apply(counted, number)
    assert (count.sent, count.dropped, count.waiting) == (DOORS - 2, 2, 0)


def test_who_asks_for_quiet_is_told_what_is_an_order_all_the_same(town: Database) -> None:
    number = town.apply(tell_in_one_part)

    def order(session: Session) -> None:
        session.get_one(Notice, number).is_order = True

    town.apply(order)
    town.apply(_ask_for_quiet, "0")
    town.apply(write_all)
    assert len(town.apply(send)) == DOORS - 2


def test_who_asks_for_quiet_is_not_told_what_waits_for_them_in_one_message(town: Database) -> None:
    numbers = [town.apply(tell, NOON, body) for body in ("停水", "停电", "停气")]
    town.apply(_ask_for_quiet, "1")
    assert len(town.apply(send)) == DOORS - 3
    for number in numbers:
        count = town.apply(counted, number)
        assert (count.sent, count.dropped) == (DOORS - 3, 1)


def test_who_asked_for_quiet_and_fetches_it_later_has_it_and_is_counted_so(town: Database) -> None:
    number = town.apply(tell_in_one_part)
    town.apply(_ask_for_quiet, "0")
    town.apply(write_all)
    town.apply(send)
    assert town.apply(counted, number).dropped == 1

    def fetch(session: Session) -> None:
        chat(session, "0").stopped = False
        bring(session, NOON, chat(session, "0"), session.get_one(Notice, number))

    town.apply(fetch)
    town.apply(send, SOON + timedelta(minutes=1))
    count = town.apply(counted, number)
    assert (count.sent, count.dropped) == (DOORS - 2, 0)


def _ask_for_quiet(session: Session, address: str) -> None:
    chat(session, address).stopped = True


def test_what_is_put_together_as_it_is_let_go_leaves(town: Database) -> None:
    """Three were held up apart, and a fourth, not for everybody, comes before the sweeps have let them go."""
    numbers = [town.apply(tell, NOON, "停水")]
    town.apply(write_all)
    town.apply(do, numbers[0], NoticeAct.PAUSED)
    numbers += [town.apply(tell, NOON, body) for body in ("停电", "停气")]
    town.apply(write_all)
    for number in numbers[1:]:
        town.apply(do, number, NoticeAct.PAUSED)
    while town.apply(sweep, SOON)["left"]:
        pass
    for number in numbers:
        town.apply(do, number, NoticeAct.RESUMED)
    town.apply(_cannot_be_reached, "1")
    town.apply(tell, NOON, "停车")
    while town.apply(sweep, SOON)["left"]:
        pass
    town.apply(write_all)
    assert town.apply(_times_told) == {1}


def _cannot_be_reached(session: Session, address: str) -> None:
    chat(session, address).reachable = False
