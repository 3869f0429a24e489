"""Upwards: who sees what of the open alarms, the day's brief, and the story of one alarm."""

import re
from datetime import datetime, timedelta

import aiohttp
import pytest
from aiohttp.test_utils import BaseTestServer, TestServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, AuditEntry, Escalation
from rules.policy import Policy
from rules.roles import Role
from services.briefs import tell_briefs
from tests.harness import DAY, Heard, Phone, Town, local, make_town
from web.site import make_site


def many_silent(town: Town, *, homes: int = 11) -> None:
    for number in range(homes):
        town.houses(f"{20 + number}号", [(f"住户{number}", "户主")])
        town.joins(f"住户{number}")


async def noon(town: Town) -> None:
    """A fever that the worker has in hand, and everybody else silent."""
    await town.at("11:50")
    await town.phone("张强").says("38.4")
    await town.phone("李网格员").presses(await town.phone("李网格员").hears("38.4"), "我来处理")
    await town.at("12:02")


def lines(message: Heard) -> list[str]:
    return [line for line in message.text.split("\n") if line[:1].isdigit()]


async def test_the_list_says_how_old_each_is_and_who_has_it(town: Town) -> None:
    await noon(town)
    listed = await town.phone("孙社区").says("告警")
    assert "没办完的：2 件，1 件没人接" in listed.text
    assert lines(listed) == [
        "1. 体温 张强 · 第一网格 5号 · 12 分钟 · 👤 李网格员",
        "2. 漏报 王芳 · 第一网格 3号 · 2 分钟 ⏳",
    ]


@pytest.mark.not_on("wechat", "wecom")
@pytest.mark.needs("edits")
async def test_a_filter_changes_the_message_it_stands_under(town: Town) -> None:
    many_silent(town)
    await noon(town)
    head = town.phone("赵网格长")
    listed = await head.says("告警")
    before = len(head.inbox())
    await head.presses(listed, "没人接 12")
    shown = head.again(listed)
    assert shown.text.startswith("没人接的：12 件\n")
    assert "李网格员" not in shown.text
    await head.presses(listed, "后面的")
    assert [line.split(".")[0] for line in lines(head.again(listed))] == ["9", "10", "11", "12"]
    await head.presses(listed, "全部 13")
    await head.presses(listed, "按类型看")
    await head.presses(listed, "漏报 12")
    await head.presses(listed, "没人接 12")
    assert "没人接的 · 漏报：12 件" in head.again(listed).text
    await head.presses(listed, "✓ 漏报")
    await head.presses(listed, "全部类型")
    await head.presses(listed, "我的 0")
    assert "我手里的：0 件" in head.again(listed).text
    await town.phone("李网格员").presses(await town.phone("李网格员").says("告警"), "我的 1")
    assert len(head.inbox()) == before


@pytest.mark.not_on("wechat", "wecom")
async def test_those_above_narrow_it_to_an_area_below(town: Town) -> None:
    town.houses("9号", [("钱奶奶", "户主")], code="G2")
    town.joins("钱奶奶")
    many_silent(town, homes=3)
    await noon(town)
    street = town.phone("钱街道")
    listed = await street.says("告警")
    assert "西河楞 第一网格" in listed.text
    await street.presses(listed, "没人接")
    community = town.phone("孙社区")
    listed = await community.says("告警")
    assert "西河楞" not in listed.text
    await community.presses(listed, "按区域看")
    await community.presses(listed, "第二网格 1")
    assert [line[3:] for line in lines(community.again(listed))] == ["漏报 钱奶奶 · 第二网格 9号 · 2 分钟 ⏳"]
    await community.presses(listed, "✓ 第二网格")
    await community.presses(listed, "全部区域")
    assert "没办完的：6 件" in community.again(listed).text


async def test_nobody_sees_what_is_not_theirs_and_every_look_is_written_down(town: Town) -> None:
    town.employs("别的网格员", Role.GRID_WORKER, "G2")
    await noon(town)
    other = town.phone("别的网格员")
    assert "没有要处理的事" in (await other.says("告警")).text
    grid = town.area("G1").id
    forged = await other.forges(f"alarms:0:a:-:{grid}:-:1")
    assert "没有要处理的事" in forged.text
    assert "没看懂" in (await other.forges("alarms:0:x:-:-:-:1")).text
    assert "工作人员" in (await town.phone("王芳").says("告警")).text
    looks = select(AuditEntry.detail).where(AuditEntry.subject == "alarms").order_by(AuditEntry.id)
    assert [one["view"] for one in town.read(lambda session: session.scalars(looks).all())] == [
        "0:a:-:-:-",
        f"0:a:-:{grid}:-",
    ]


async def test_a_number_made_up_changes_nobody_elses_message(town: Town) -> None:
    many_silent(town, homes=2)
    await noon(town)
    head, community = town.phone("赵网格长"), town.phone("孙社区")
    listed = await head.says("告警")
    await community.says("告警")
    key = next(key for label, key in listed.buttons if "没人接" in label)
    assert (await community.forges(key)).text.startswith("没人接的")
    assert head.again(listed).text == listed.text
    assert len(community.inbox()) == 2


async def test_an_old_button_still_opens_the_list(town: Town) -> None:
    await noon(town)
    assert "没办完的：2 件" in (await town.phone("赵网格长").forges("alarms:0")).text


async def the_evening(town: Town) -> None:
    """A fever taken at noon and finished, a household that said nothing, a family that answered twice."""
    await town.at("08:02")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await noon(town)
    worker = town.phone("李网格员")
    await worker.presses(await worker.hears("38.4"), "已送医")
    await town.at("18:02")
    await town.phone("王芳").says("36.5 36.6 36.7")
    await town.at("20:01")


async def test_the_day_in_brief_reaches_everybody_above_the_doors_once(town: Town) -> None:
    await the_evening(town)
    for name in ("赵网格长", "孙社区", "钱街道", "吴分局", "周市级"):
        told = await town.phone(name).hears("2月10日 简报")
        assert "应报" in told.text
        assert "发烧 1 人" in told.text
        assert ("张强" in told.text) is (name == "赵网格长")
        assert town.phone(name).heard("简报") == 1
    assert town.phone("李网格员").heard("简报") == 0
    await town.at("23:30")
    await town.at("19:00", DAY + timedelta(days=1))
    assert town.phone("周市级").heard("简报") == 1
    await town.at("20:01")
    assert town.phone("周市级").heard("2月11日 简报") == 1


async def test_a_brief_is_told_once_whatever_runs_twice_or_late(town: Town) -> None:
    await the_evening(town)
    assert town.phone("孙社区").heard("简报") == 1
    for later in (0, 11):
        town.database.apply(tell_briefs, town.now + timedelta(hours=later))
    await town.forward(minutes=5)
    assert town.phone("孙社区").heard("简报") == 1


@pytest.mark.telegram
async def test_an_area_has_its_own_hour_or_none(town: Town) -> None:
    community = town.phone("孙社区")
    await town.at("17:00")
    chosen = await community.presses(await community.presses(await community.says("规则"), "不打扰"), "每天几点发简报")
    assert "20:00" in chosen.text
    await community.says("18:30")
    await town.at("18:31")
    assert community.heard("2月10日 简报") == 1
    assert town.phone("赵网格长").heard("2月10日 简报") == 1
    assert town.phone("钱街道").heard("简报") == 0
    await community.presses(await community.presses(await community.says("规则"), "不打扰"), "每天几点发简报")
    await community.says("21:00")
    await town.at("21:05")
    assert community.heard("2月10日 简报") == 1
    assert town.phone("钱街道").heard("2月10日 简报") == 1
    await community.presses(await community.presses(await community.says("规则"), "不打扰"), "每天几点发简报")
    assert "不发" in (await community.says("不发")).text
    await town.at("22:00", DAY + timedelta(days=1))
    assert community.heard("2月11日 简报") == 0


@pytest.mark.telegram
async def test_an_hour_in_the_quiet_time_waits_for_the_morning(town: Town) -> None:
    community = town.phone("孙社区")
    await community.presses(await community.presses(await community.says("规则"), "不打扰"), "每天几点发简报")
    await community.says("22:15")
    await town.at("22:30")
    assert community.heard("2月10日 简报") == 0
    await town.at("07:31", DAY + timedelta(days=1))
    assert community.heard("2月10日 简报") == 1


async def test_the_brief_is_there_for_the_asking_and_only_of_ones_own(town: Town) -> None:
    await noon(town)
    told = await town.phone("孙社区").says("简报")
    assert "西河楞 2月10日 简报" in told.text
    assert "张强" not in told.text
    head = await town.phone("赵网格长").says("/brief")
    assert "发烧：张强" in head.text
    assert "网格长和上级" in (await town.phone("李网格员").says("简报")).text
    assert "网格长和上级" in (await town.phone("王芳").says("简报")).text


async def dealt_with(town: Town) -> Phone:
    """A fever: taken, telephoned about, noted, closed; the community looks at it. Its phone."""
    await town.at("09:00")
    await town.phone("张强").says("38.4")
    worker = town.phone("李网格员")
    alert = await worker.hears("38.4")
    await worker.presses(alert, "我来处理")
    await worker.presses(await worker.presses(alert, "电话、备注"), "备注")
    await worker.says("=1+1 在家躺着")
    community = town.phone("孙社区")
    await community.presses(await community.says("告警"), "1")
    return community


async def test_the_story_of_an_alarm_is_told_in_the_chat(town: Town) -> None:
    community = await dealt_with(town)
    told = await community.presses(await community.hears("发烧：张强"), "经过")
    assert told.text.startswith("体温：经过")
    for line in (
        "09:00 报来 38.4℃",
        "09:00 李网格员（网格员）：轮到处理",
        "09:00 李网格员（网格员）：消息送到",
        "09:00 李网格员（网格员）：接了",
        "09:00 李网格员（网格员）：备注：=1+1 在家躺着",
    ):
        assert line in told.text
    assert "http" not in told.text
    number = told_about(town)
    town.employs("别的网格员", Role.GRID_WORKER, "G2")
    assert "不归您管" in (await town.phone("别的网格员").forges(f"history:{number}")).text
    looks = select(AuditEntry.actor_id).where(AuditEntry.subject == f"escalation:{number}", AuditEntry.act == "look")
    assert len(town.read(lambda session: session.scalars(looks).all())) == 1


def told_about(town: Town) -> int:
    return town.read(lambda session: session.scalars(select(Escalation.id)).one())


async def test_the_page_of_an_alarm_opens_for_a_day_and_for_whoever_still_answers_for_it(database_url: str) -> None:
    with_a_site = Policy(site="https://grid.example")
    async with make_town(database_url, local(DAY, "07:00"), with_a_site) as town:
        town.employs("李网格员", Role.GRID_WORKER)
        town.employs("孙社区", Role.COMMUNITY, "V1")
        town.houses("5号", [("张强", "户主")])
        town.joins("张强")
        community = await dealt_with(town)
        told = await community.presses(await community.hears("发烧：张强"), "经过")
        path = re.findall(r"https://grid\.example(/alarm/[\w-]+)", told.text)[0]
        site = make_site(town.database, town.stage.app.clock)
        async with TestServer(site) as server, aiohttp.ClientSession() as client:
            await _is_looked_at(town, server, client, path)


async def _is_looked_at(town: Town, server: BaseTestServer, client: aiohttp.ClientSession, path: str) -> None:
    async def status(address: str) -> tuple[int, bytes]:
        async with client.get(server.make_url(address), headers={"Accept-Language": "zh"}) as answer:
            return answer.status, await answer.read()

    code, page = await status(path)
    assert code == 200
    for said in ("李网格员（网格员）", "38.4℃", "=1+1 在家躺着"):
        assert said in page.decode()
    code, sheet = await status(f"{path}/timeline.csv")
    assert code == 200
    assert "李网格员（网格员）" in sheet.decode("utf-8-sig")
    assert (await status(f"{path}/timeline.xlsx?lang=en"))[0] == 200
    assert (await status(f"{path[:-1]}{'A' if path[-1] != 'A' else 'B'}"))[0] == 404
    assert (await status(f"{path}/timeline.pdf"))[0] == 404
    looks = select(AuditEntry.detail).where(AuditEntry.subject.like("escalation:%")).order_by(AuditEntry.id)
    found = town.read(lambda session: session.scalars(looks).all())
    assert [one["what"] for one in found] == ["history", "page", "export", "export"]
    town.database.apply(_has_left, town.now)
    assert (await status(path))[0] == 404
    town.database.apply(_has_left, None)
    assert (await status(path))[0] == 200
    await town.at("10:30", DAY + timedelta(days=1))
    assert (await status(path))[0] == 404


def _has_left(session: Session, until: datetime | None) -> None:
    for one in session.scalars(select(Appointment).where(Appointment.role == Role.COMMUNITY)):
        one.until = until
