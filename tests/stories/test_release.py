"""The last evening: by rule they may go, with a certificate that the gate can check; else a human decides."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import aiohttp
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import AuditEntry, Person, Quarantine, Release
from rules.quarantine import QuarantineStatus
from services import register
from services.certificates import code_of
from services.homes import household_of
from services.quarantines import plan_slots
from tests.harness import DAY, Phone, Town

pytestmark = pytest.mark.telegram
LAST = DAY + timedelta(days=1)


def shorten(town: Town, *names: str, days: int = 2) -> None:
    """A fortnight would be the same story, twelve times as long."""
    with town.database.transaction() as session:
        mine = select(Quarantine).join(Person, Person.id == Quarantine.person_id).where(Person.name.in_(names))
        for one in session.scalars(mine):
            one.last_day = DAY + timedelta(days=days - 1)
            plan_slots(session, town.now, one)


def scanned(phone: Phone) -> list[str]:
    """What the QR codes of the pictures say that the bot has sent here."""
    every = phone.town.sandbox.world.messages(phone.number, phone.bot)
    pictures = [one.content.file.content for one in every if one.from_bot and one.content.file is not None]
    return [zxingcpp.read_barcodes(Image.open(BytesIO(one)))[0].text for one in pictures if one.startswith(b"\x89PNG")]


def code_for(town: Town, name: str) -> str:
    def look(session: Session) -> str:
        mine = select(Release).join(Quarantine, Quarantine.id == Release.quarantine_id)
        row = session.scalars(
            mine.join(Person, Person.id == Quarantine.person_id).where(Person.name == name).order_by(Release.id.desc())
        ).first()
        assert row is not None
        return code_of(session, row)

    return town.read(look)


def status_of(town: Town, name: str) -> QuarantineStatus:
    def look(session: Session) -> QuarantineStatus:
        return (
            session.scalars(
                select(Quarantine).join(Person, Person.id == Quarantine.person_id).where(Person.name == name)
            )
            .one()
            .status
        )

    return town.read(look)


async def answers_until(
    town: Town, phone: Phone, last: date, value: str = "36.5", skip: tuple[tuple[date, str], ...] = ()
) -> None:
    """Every slot up to the evening of `last`, but for those to skip."""
    day = DAY
    while day <= last:
        for clock in ("08:05", "18:05"):
            await town.at(clock, day)
            if (day, clock) not in skip:
                await phone.says(value)
        day += timedelta(days=1)


async def seen_at_the_gate(town: Town, code: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(f"{town.door}/release/{code}") as answer:
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.status, await answer.text()


async def test_everything_answered_and_normal_they_may_go_with_a_certificate(town: Town) -> None:
    shorten(town, "张强")
    man, worker = town.phone("张强"), town.phone("李网格员")
    await answers_until(town, man, LAST)
    await town.forward(minutes=1)
    said = await man.hears("居家隔离满了")
    assert "2 天的居家隔离满了：次次都报了" in said.text
    assert "2月12日起解除隔离" in said.text
    assert "这张图是解除隔离证明" in said.text
    assert scanned(man) == [f"/check {code_for(town, '张强')}"]
    code = code_for(town, "张强")
    status, page = await seen_at_the_gate(town, code)
    assert status == 200
    assert "还没到日子" in page
    assert "还没到日子" in (await worker.says(f"/check {code}")).text
    assert worker.heard("要您定") == 0

    await town.at("00:05", LAST + timedelta(days=1))
    assert status_of(town, "张强") is QuarantineStatus.ENDED
    _, page = await seen_at_the_gate(town, code)
    assert "有效" in page
    assert "张*" in page
    assert "张强" not in page
    assert "5号" not in page
    assert "西河楞 第一网格" in page
    assert man.heard("居家隔离满了") == 1
    assert man.heard("请量体温") == 4


async def test_a_code_is_not_made_up_and_not_for_everybody(town: Town) -> None:
    shorten(town, "张强")
    man, worker = town.phone("张强"), town.phone("李网格员")
    await answers_until(town, man, LAST)
    await town.forward(minutes=1)
    code = code_for(town, "张强")
    forged = f"{'B' if code[0] == 'A' else 'A'}{code[1:]}"
    status, page = await seen_at_the_gate(town, forged)
    assert status == 404
    assert "不是我们发的证明" in page
    assert (await seen_at_the_gate(town, "nonsense"))[0] == 404
    assert "不是我们发的证明" in (await worker.says(f"/check {forged}")).text
    assert "给工作人员用的" in (await man.says(f"/check {code}")).text
    assert "扫证明上的码" in (await worker.says("核验")).text
    assert "没有证明的码" in (await worker.says("王芳")).text
    assert "张*" in (await worker.says(f"https://grid.example/release/{code}")).text


async def test_a_missed_slot_is_for_a_human_who_is_told_which(town: Town) -> None:
    shorten(town, "张强")
    man, worker, head = town.phone("张强"), town.phone("李网格员"), town.phone("赵网格长")
    await answers_until(town, man, LAST, skip=((DAY, "18:05"),))
    await town.forward(minutes=1)
    asked = await worker.hears("天数满了")
    assert "没报 1 次（一共问了 4 次）：2月10日晚上" in asked.text
    assert asked.labels == ("解除隔离", "延长 3 天", "延长 7 天")
    assert "先不要出门" in (await man.hears("2 天到了")).text
    assert "正在核实" in (await man.says("状态")).text
    assert man.heard("解除隔离证明") == 0
    assert head.heard("天数满了") == 0

    done = await worker.presses(asked, "解除隔离")
    assert "张强 解除隔离" in done.text
    assert "都定好了" in worker.again(asked).text
    assert "网格员都核实过了" in (await man.hears("居家隔离满了")).text
    assert "已经定过了" in (await worker.forges(f"release:{_number(town, '张强')}")).text

    def noted(session: Session) -> list[str]:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.act == "quarantine"))
        return [str(one.detail["what"]) for one in rows]

    assert town.read(noted) == ["released"]


def _number(town: Town, name: str) -> int:
    return town.read(
        lambda session: session.scalars(
            select(Quarantine.id).join(Person, Person.id == Quarantine.person_id).where(Person.name == name)
        ).one()
    )


async def test_nobody_decides_and_the_next_one_up_hears_of_it_round_by_round(town: Town) -> None:
    shorten(town, "张强")
    man = town.phone("张强")
    await answers_until(town, man, LAST, skip=((DAY, "08:05"),))
    await town.forward(minutes=1)
    await town.phone("李网格员").hears("天数满了")
    for clock, name in (("08:01", "赵网格长"), ("18:01", "孙社区"), ("08:01", "钱街道"), ("18:01", "吴分局")):
        assert town.phone(name).heard("天数满了") == 0
        await town.phone(name).says("今天")  # nobody of them is passed over for what they left unanswered
        await town.at(clock)
        await town.phone(name).hears("天数满了")
    await town.at("08:01")
    asked = await town.phone("周市级").hears("天数满了")
    await town.phone("李网格员").says("今天")  # back, and no longer passed over
    await town.at("18:01")
    assert town.phone("李网格员").heard("天数满了") == 2
    assert status_of(town, "张强") is QuarantineStatus.ACTIVE
    assert man.heard("请量体温") == 4
    await town.phone("周市级").presses(asked, "延长 3 天")
    await town.at("08:01")
    await man.hears("早上好")
    assert man.heard("请量体温") == 6


async def test_a_fever_told_after_the_release_takes_it_back(town: Town) -> None:
    shorten(town, "张强")
    man, worker = town.phone("张强"), town.phone("李网格员")
    await answers_until(town, man, LAST)
    await town.forward(minutes=40)
    code = code_for(town, "张强")
    await man.says("38.2")
    await worker.says("今天")
    await town.at("07:31", LAST + timedelta(days=1))
    assert "先不要出门" in (await man.hears("现在有新的情况")).text
    assert "体温异常：38.2 (2月11日)" in (await worker.hears("天数满了")).text
    assert "已经作废" in (await seen_at_the_gate(town, code))[1]
    assert status_of(town, "张强") is QuarantineStatus.ACTIVE


async def test_a_household_goes_together_and_a_last_slot_that_is_missed_is_told_in_the_morning(town: Town) -> None:
    shorten(town, "张强", "王芳", "王建国", "王小宝")
    mother, man, worker = town.phone("王芳"), town.phone("张强"), town.phone("李网格员")
    for day in (DAY, LAST):
        for clock in ("08:05", "18:05"):
            await town.at(clock, day)
            await mother.says("我36.5 爷爷36.4 宝宝36.8")
            if (day, clock) != (LAST, "18:05"):
                await man.says("36.6")
    await town.forward(minutes=1)
    assert "王芳、王建国、王小宝，2 天的居家隔离满了" in (await mother.hears("居家隔离满了")).text
    assert mother.heard("居家隔离满了") == 1
    assert [mother.heard(f"{name} 的解除隔离证明") for name in ("王芳", "王建国", "王小宝")] == [1, 1, 1]
    assert worker.heard("天数满了") == 0
    await town.at("07:31", LAST + timedelta(days=1))
    assert "2月11日晚上" in (await worker.hears("天数满了")).text
    await town.at("09:00")
    await man.says("36.5")  # late, but there: nothing is left to look at
    await town.forward(minutes=1)
    assert "次次都报了" in (await man.hears("居家隔离满了")).text


async def test_several_to_decide_are_one_message_and_each_a_card(town: Town) -> None:
    shorten(town, "张强", "王芳", "王建国", "王小宝", days=1)
    worker = town.phone("李网格员")
    await town.at("07:31", LAST)
    asked = await worker.hears("要您定")
    assert "要您定：4 人" in asked.text
    assert "王芳 · 第一网格 3号 · 没报 2 次" in asked.text
    assert worker.heard("要您定") == 1
    card = await worker.presses(asked, "2")
    assert "王建国" in card.text
    done = await worker.presses(card, "延长 3 天")
    assert "到 2月13日" in done.text
    assert "要您定：3 人" in worker.again(asked).text
    await town.forward(minutes=40)
    assert "王建国" in (await town.phone("王芳").hears("早上好")).text


async def test_staff_send_it_again_and_the_community_revokes_it(town: Town) -> None:
    shorten(town, "张强")
    man, worker, community = town.phone("张强"), town.phone("李网格员"), town.phone("孙社区")
    await answers_until(town, man, LAST)
    await town.at("07:45", LAST + timedelta(days=1))
    shown = await worker.says("/quarantine 张强")
    assert shown.labels == ("从今天起隔离 14 天", "补发证明")
    await worker.presses(shown, "补发证明")
    await town.forward(minutes=1)
    assert man.heard("张强 的解除隔离证明") == 1
    shown = await community.says("/quarantine 张强")
    assert "不归您管" in (await worker.forges(shown.buttons[-1][1])).text
    assert "作废了" in (await community.presses(shown, "作废证明")).text
    assert "已经作废" in (await seen_at_the_gate(town, code_for(town, "张强")))[1]


async def test_whoever_is_in_quarantine_again_does_not_pass_with_the_old_one(town: Town) -> None:
    shorten(town, "张强")
    man, community = town.phone("张强"), town.phone("孙社区")
    await answers_until(town, man, LAST)
    await town.at("07:45", LAST + timedelta(days=1))
    code = code_for(town, "张强")
    shown = await community.says("/quarantine 张强")
    await community.presses(shown, "从今天起隔离 14 天")
    assert "现在又在居家隔离" in (await seen_at_the_gate(town, code))[1]


async def test_a_roster_with_other_days_neither_releases_in_silence_nor_leaves_a_certificate(town: Town) -> None:
    shorten(town, "张强")
    man, worker = town.phone("张强"), town.phone("李网格员")
    await answers_until(town, man, LAST)
    await town.forward(minutes=1)
    code = code_for(town, "张强")

    def imported(first: date, days: int) -> None:
        with town.database.transaction() as session:
            person = session.scalars(select(Person).where(Person.name == "张强")).one()
            home = household_of(session, person.id)
            assert home
            register.quarantine(session, town.now, person=person, household=home, first_day=first, days=days)

    imported(DAY, 4)
    assert "已经作废" in (await seen_at_the_gate(town, code))[1]
    await town.at("08:05", LAST + timedelta(days=1))
    await man.hears("早上好")
    imported(DAY - timedelta(days=5), 6)  # over since yesterday, says the roster
    assert status_of(town, "张强") is QuarantineStatus.ACTIVE
    await town.forward(minutes=1)
    assert worker.heard("天数满了") + man.heard("居家隔离满了") == 2  # told again, one way or the other
