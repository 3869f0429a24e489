"""The board over HTTP: the demo's village at half past twelve."""

from __future__ import annotations

import asyncio
import re
from time import monotonic

import aiohttp
import pytest
from sqlalchemy import select

from models import Area, Person
from models.db import Database
from rules.roles import Level
from services.clock import ManualClock
from services.figures import AreaFigures, Figures
from services.handling import take
from tests.harness import DAY, local
from tests.web.conftest import Visit, serving
from tests.web.village import NOW, VILLAGE, open_alarms
from web import keeping
from web.board import Board, read_board
from web.keeping import BoardKeeper
from web.table import tabulate


def numbers(html: str) -> dict[str, str]:
    """The four big numbers."""
    return dict(re.findall(r'<b id="(\w+)">([\d,]+)</b>', html))


async def test_the_page_tells_the_day_at_a_glance(visit: Visit) -> None:
    async with visit("/") as answer:
        html = await answer.text()
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert numbers(html) == {"households": "54", "answered": "40", "fevers": "3", "waiting": "15"}
    for words in ("包头市", "2020年2月10日 星期一", "12:30", "162 人", "/ 54 户", "74%", "最久的已等 4 小时 30 分"):
        assert words in html
    assert "处理中 1 条" in html
    assert re.findall(r'data-code="([^"]+)"', html) == ["BT", "BT-KQ", "KHZ", "XHL", "XHL-1", "XHL-2", "XHL-3"]


async def test_no_person_is_named_anywhere(visit: Visit, village: Database) -> None:
    with village.transaction() as session:
        people = list(session.scalars(select(Person.name)))
    assert len(people) > 162
    for path in ("/", "/?lang=en", f"/?area={VILLAGE}", "/figures.json"):
        async with visit(path) as answer:
            text = await answer.text()
        assert [name for name in people if name in text] == []


@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/", "", "zh-CN"),
        ("/", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "mn,en;q=0.7,zh;q=0.3", "en"),
        ("/", "fr", "zh-CN"),
        ("/?lang=en", "zh-CN", "en"),
        ("/?lang=zh", "en", "zh-CN"),
        ("/?area=NONE", "en", "en"),
    ],
)
async def test_the_page_speaks_the_readers_language(visit: Visit, path: str, accepts: str, language: str) -> None:
    async with visit(path, Accept_Language=accepts) as answer:
        html = await answer.text()
    assert f'<html lang="{language}">' in html


async def test_a_part_of_the_tree_has_a_page_of_its_own(visit: Visit) -> None:
    async with visit("/?area=XHL-3&lang=en") as answer:
        html = await answer.text()
    assert numbers(html) == {"households": "18", "answered": "6", "fevers": "0", "waiting": "12"}
    assert re.findall(r'data-code="([^"]+)"', html) == ["XHL-3"]
    assert "Nobody has a fever today" in html
    assert re.findall(r'<a href="([^"]+)">(?:包头市|昆河镇)</a>', html) == ["/?lang=en", "/?area=KHZ&amp;lang=en"]


@pytest.mark.parametrize("path", ["/?area=NONE", "/figures.json?area=NONE"])
async def test_an_unknown_area_is_said_to_be_unknown(visit: Visit, path: str) -> None:
    async with visit(path) as answer:
        assert answer.status == 404


async def test_programs_get_the_same_figures_in_a_stable_shape(visit: Visit) -> None:
    async with visit("/figures.json") as answer:
        body = await answer.json()
    assert body["at"] == "2020-02-10T12:30:00+08:00"
    assert [one["code"] for one in body["areas"]] == ["BT", "BT-KQ", "KHZ", "XHL", "XHL-1", "XHL-2", "XHL-3"]
    evening = dict.fromkeys(("asked", "reported", "late", "due", "missed", "unreachable", "excused"), 0)
    assert body["areas"][0] == {
        "area": "包头市",
        "code": "BT",
        "level": "city",
        "day": "2020-02-10",
        "households": 54,
        "people": 162,
        "slots": [
            {"half": "morning", **evening, "asked": 54, "reported": 40, "missed": 10, "unreachable": 4},
            {"half": "evening", **evening},
        ],
        "fevers": 3,
        "clusters": 0,
        "breaches": 0,
        "repeated": 0,
        "waiting": 15,
        "taken": 1,
        "oldest": "2020-02-10T00:00:00+00:00",
        "oldest_waiting": "2020-02-10T00:00:00+00:00",
    }
    async with visit(f"/figures.json?area={VILLAGE}") as answer:
        assert (await answer.json())["areas"] == body["areas"][3:]


async def test_what_the_page_needs_comes_from_the_site_itself(visit: Visit) -> None:
    async with visit("/") as answer:
        html = await answer.text()
    needed = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    assert "/static/board.js" in needed
    assert re.findall(r'(?:href|src)="(?!/)[^"]*"', html) == []
    for path in needed | {"/static/morph.js", "/static/folding.js"}:
        async with visit(path) as answer:
            assert answer.status == 200, path
            assert answer.headers["Cache-Control"] == "no-cache"


async def test_without_scripts_the_page_refreshes_itself(visit: Visit) -> None:
    async with visit("/") as answer:
        assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in await answer.text()


async def test_a_taken_alarm_is_no_longer_in_nobodys_hands(village: Database) -> None:
    async with serving(village) as server, aiohttp.ClientSession() as http:

        async def waiting() -> str:
            async with http.get(server.make_url("/")) as answer:
                return numbers(await answer.text())["waiting"]

        assert await waiting() == "15"
        with village.transaction() as session:
            worker = session.scalars(select(Person.id)).first()
            assert worker is not None
            for alarm in open_alarms(session):
                take(session, NOW, alarm, worker)
        assert await waiting() == "0"


async def test_before_the_first_round_and_before_the_first_roster(empty: Database) -> None:
    async with serving(empty, local(DAY, "07:10")) as server, aiohttp.ClientSession() as http:
        async with http.get(server.make_url("/")) as answer:
            assert "还没有导入名册" in await answer.text()
        with empty.transaction() as session:
            session.add(Area(code="<b>", name="<script>alert(1)</script>", level=Level.CITY, path="/1/"))
        async with http.get(server.make_url("/?lang=en")) as answer:
            html = await answer.text()
    assert "Nobody is in home quarantine today" in html
    assert "<script>alert" not in html
    assert 'data-code="&lt;b&gt;"' in html


def city(*levels: tuple[Level, int]) -> Board:
    """A chain of areas with `count` sisters at each level, the last of them carrying the next."""
    areas: list[AreaFigures] = []
    path = "/"
    for level, count in levels:
        for number in range(1, count + 1):
            code = f"{level.value}-{number}"
            areas.append(AreaFigures(code, code, level, f"{path}{number}/", Figures(DAY, households=1, people=1)))
        path = f"{path}{count}/"
    return Board(NOW, DAY, tuple(areas))


def test_a_tree_too_large_for_a_page_ends_at_a_higher_level() -> None:
    table = tabulate(city((Level.CITY, 1), (Level.DISTRICT, 12), (Level.COMMUNITY, 200), (Level.GRID, 300)))
    assert table.levels == (Level.CITY, Level.DISTRICT, Level.COMMUNITY)
    assert len(table.rows) == 213
    assert [row.area.code for row in table.rows if row.more] == ["community-200"]
    assert [row.area.code for row in table.rows if row.parts] == ["city-1", "district-12"]
    assert table.open_to is Level.DISTRICT
    assert {row.area.level for row in table.rows if row.folded} == {Level.COMMUNITY}
    assert [row.depth for row in table.rows[:2]] == [0, 1]


def test_one_level_is_never_cut_however_wide_it_is() -> None:
    table = tabulate(city((Level.GRID, 900)))
    assert len(table.rows) == 900
    assert table.open_to is Level.GRID
    assert not any(row.folded or row.more or row.parts for row in table.rows)


def test_figures_of_two_districts_without_a_city_are_summed() -> None:
    board = city((Level.DISTRICT, 2), (Level.GRID, 3))
    assert [one.code for one in board.tops] == ["district-1", "district-2"]
    assert board.total.people == 2
    part = board.below("grid-1")
    assert part is not None
    assert [one.code for one in part.above] == ["district-2"]
    assert board.below("nowhere") is None


class SlowDatabase:
    """Counts how often the board is read."""

    def __init__(self, board: Board) -> None:
        self.reads = 0
        self._board = board

    async def run(self, function: object, *_args: object) -> Board:
        assert function is read_board
        self.reads += 1
        await asyncio.sleep(0.05)
        return self._board


async def test_many_screens_share_one_reading_and_get_a_fresh_one_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SHARE", 20)
    slow = SlowDatabase(city((Level.CITY, 1), (Level.GRID, 400)))
    keeper = BoardKeeper(slow, ManualClock(NOW))  # type: ignore[arg-type]
    await asyncio.gather(*(keeper.board() for _ in range(20)))
    assert slow.reads == 1
    monkeypatch.setattr(keeping, "monotonic", lambda: monotonic() + 60)
    await keeper.board()
    assert slow.reads == 2


async def test_a_small_place_is_read_afresh_every_time() -> None:
    slow = SlowDatabase(city((Level.CITY, 1), (Level.GRID, 20)))
    keeper = BoardKeeper(slow, ManualClock(NOW))  # type: ignore[arg-type]
    await asyncio.gather(keeper.board(), keeper.board())
    assert slow.reads == 2
