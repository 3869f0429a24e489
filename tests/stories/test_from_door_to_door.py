"""A household without a phone, or that was not reached, is on the worker's list, in the order of the doors (上门)."""

import pytest
from sqlalchemy import select

from models import AuditEntry
from rules.escalation import State
from rules.roles import Role
from rules.rounds import Half, RequestStatus
from tests.harness import DAY, Town, alarms_of, readings_of, requests_of

pytestmark = pytest.mark.telegram


@pytest.fixture
async def street(empty_town: Town) -> Town:
    """Three households without a phone, one that answers, a worker and a head; the morning's round is open."""
    town = empty_town
    town.employs("李网格员", Role.GRID_WORKER)
    town.employs("赵网格长", Role.GRID_HEAD)
    for room, name in (("10号", "陈大爷"), ("9号", "孙奶奶"), ("2号", "周老汉"), ("1号", "王芳")):
        town.houses(room, [(name, "户主")])
    town.joins("王芳")
    await town.at("08:02")
    await town.phone("王芳").says("36.5")
    return town


async def test_the_list_is_in_the_order_of_the_doors_and_shrinks(street: Town) -> None:
    worker = street.phone("李网格员")
    doors = await worker.says("上门")
    assert "要上门的有 3 户" in doors.text
    places = [doors.text.index(room) for room in ("2号", "9号", "10号")]
    assert places == sorted(places)
    assert "王芳" not in doors.text

    asks = await worker.presses(doors, "1")
    assert "2号" in asks.text
    assert "周老汉" in asks.text
    doors = await worker.says("36.6")
    assert "已代报：周老汉 36.6" in worker.inbox()[-2].text
    assert "要上门的有 2 户" in doors.text
    assert readings_of(street)["周老汉"] == [36.6]
    assert requests_of(street, "2号")[DAY, Half.MORNING] is RequestStatus.LATE


async def test_what_excuses_is_written_down_with_who_said_so_and_is_not_missed(street: Town) -> None:
    worker = street.phone("李网格员")
    asks = await worker.presses(await worker.says("上门"), "1")
    await worker.presses(asks, "已送医")
    assert "记下了：已送医" in worker.inbox()[-2].text
    assert requests_of(street, "2号")[DAY, Half.MORNING] is RequestStatus.EXCUSED
    assert alarms_of(street).count(State.CLOSED) == 1

    def noted(session):  # type: ignore[no-untyped-def]
        return session.scalars(select(AuditEntry).where(AuditEntry.act == "door")).one()

    entry = street.read(noted)
    assert entry.detail == {"found": "in_hospital"}
    assert entry.actor_id is not None
    await street.at("18:01")
    assert requests_of(street, "2号")[DAY, Half.EVENING] is RequestStatus.UNREACHABLE  # the next slot asks again


async def test_a_refusal_goes_on_to_the_head_at_once_and_the_door_stays_on_the_list(street: Town) -> None:
    worker, head = street.phone("李网格员"), street.phone("赵网格长")
    asks = await worker.presses(await worker.says("上门"), "2")
    assert "9号" in asks.text
    doors = await worker.presses(asks, "不让量")
    await street.forward(minutes=2)
    assert "不让量（李网格员" in (await head.hears("孙奶奶")).text
    assert "9号" in doors.text
    assert State.CLOSED not in alarms_of(street)


async def test_values_at_a_door_are_that_doors_whatever_else_is_in_hand(street: Town) -> None:
    worker = street.phone("李网格员")
    alert = await worker.presses(await worker.says("告警"), "3")
    await worker.presses(alert, "我来处理")
    held = next(name for name in ("陈大爷", "孙奶奶", "周老汉") if name in alert.text)
    number = next(at for at, name in ((1, "周老汉"), (2, "孙奶奶"), (3, "陈大爷")) if name != held)
    other = ("周老汉", "孙奶奶", "陈大爷")[number - 1]
    await worker.presses(await worker.says("上门"), str(number))
    wrong = await worker.says("没有人啊")
    assert "王芳" not in wrong.text  # the example is of the door itself
    await worker.says("36.6 36.7")  # too many: not the other door's either
    assert readings_of(street) == {"王芳": [36.5]}
    await worker.says("36.6")
    assert readings_of(street)[other] == [36.6]
    await worker.presses(await worker.says("上门"), "1")
    await worker.says(f"{held}36.8")  # by name it is theirs wherever it is said
    assert readings_of(street)[held] == [36.8]


async def test_nobody_at_home_closes_the_alarm_and_stays_unreachable(street: Town) -> None:
    worker = street.phone("李网格员")
    asks = await worker.presses(await worker.says("上门"), "3")
    await worker.presses(asks, "家里没人")
    assert requests_of(street, "10号")[DAY, Half.MORNING] is RequestStatus.UNREACHABLE
    assert alarms_of(street).count(State.CLOSED) == 1


async def test_only_staff_and_only_of_the_own_area(street: Town) -> None:
    street.employs("马网格员", Role.GRID_WORKER, "G2")
    other, mother = street.phone("马网格员"), street.phone("王芳")
    key = next(data for _, data in (await street.phone("李网格员").says("上门")).buttons)
    assert "没有要上门的" in (await other.says("/doors")).text
    assert "不归您管" in (await other.forges(key)).text
    assert "给工作人员用的" in (await mother.says("上门")).text
    assert "不归您管" in (await mother.forges(key)).text
