"""The demo's roster: Baotou as the paper tells it, with the 162 people of 54 households who came home to 西河楞村.

`python -m bot.demo.sample` writes the workbook; the same bytes every time. All names and numbers are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bot.demo.names import Names
from rules.quarantine import DAYS
from rules.roles import Level, Role
from services.roster import AreaRow, ResidentRow, Roster, StaffRow, write_roster

DAY = date(2020, 2, 10)
"""The demo's local date: everybody is in quarantine, one family for the last day and one for the first."""

CITY, DISTRICT, STREET, COMMUNITY = "BT", "BT-KQ", "KHZ", "XHL"
GRIDS = ("XHL-1", "XHL-2", "XHL-3")
HOUSEHOLDS, PEOPLE = 54, 162

WORKBOOK = Path(__file__).with_name("baotou.xlsx")

_SUB_BUREAUS = {
    DISTRICT: "昆区",
    "BT-KZ": "昆治",
    "BT-QS": "青山",
    "BT-QZ": "青治",
    "BT-DH": "东河",
    "BT-JY": "九原",
    "BT-GX": "高新",
    "BT-BY": "白云",
    "BT-SG": "石拐",
    "BT-GY": "固阳",
    "BT-TY": "土右",
    "BT-DM": "达茂",
}
_GRID_NAMES = ("第一网格", "第二网格", "第三网格")
_ROWS = (("E", "东一排 东二排 东三排"), ("W", "西一排 西二排 西三排"))
"""The village's rows of houses, in the first and the second grid; the third is the two new buildings."""
_BUILDINGS = (("1号楼", 2), ("2号楼", 2))
"""Name and number of units."""

_ORIGINS = (
    *(
        "呼和浩特市",
        "北京市",
        "郑州市",
        "太原市",
        "西安市",
        "银川市",
        "天津市",
        "石家庄市",
        "鄂尔多斯市",
        "上海市",
        "济南市",
    ),
    *("乌海市", "大同市", "兰州市", "沈阳市"),
)
_SEED = 20200210


@dataclass(frozen=True, slots=True)
class _Role:
    """A place in a family: the relation to the head, sex, age, and whose surname it is (the father's or one's own)."""

    relation: str
    sex: str
    age: str = "grown"
    own_surname: bool = False


_HEAD, _WIFE = _Role("户主", "男"), _Role("配偶", "女", own_surname=True)
_SON, _DAUGHTER = _Role("子", "男", "child"), _Role("女", "女", "child")
_GROWN_SON, _GROWN_DAUGHTER = _Role("子", "男"), _Role("女", "女")
_SONS_WIFE = _Role("儿媳", "女", own_surname=True)
_FATHER, _MOTHER = _Role("父", "男", "old"), _Role("母", "女", "old", own_surname=True)
_GRANDSON, _GRANDDAUGHTER = _Role("孙子", "男", "child"), _Role("孙女", "女", "child")
_OLD_HEAD, _OLD_WIFE = _Role("户主", "男", "old"), _Role("配偶", "女", "old", own_surname=True)
_WIDOW = _Role("户主", "女", "old")
_WOMAN = _Role("户主", "女")

_Family = tuple[_Role, ...]

_WITHOUT_PHONE: tuple[_Family, ...] = ((_WIDOW,), (_OLD_HEAD,), (_OLD_HEAD, _OLD_WIFE), (_OLD_HEAD, _OLD_WIFE))
"""Elderly people whom no messenger reaches."""
_FAMILIES: tuple[tuple[int, _Family], ...] = (
    (3, (_HEAD,)),
    (2, (_WOMAN,)),
    (5, (_HEAD, _WIFE)),
    (2, (_WOMAN, _SON)),
    (2, (_WOMAN, _DAUGHTER)),
    (8, (_HEAD, _WIFE, _SON)),
    (7, (_HEAD, _WIFE, _DAUGHTER)),
    (2, (_OLD_HEAD, _OLD_WIFE, _GROWN_DAUGHTER)),
    (1, (_HEAD, _WIFE, _MOTHER)),
    (5, (_HEAD, _WIFE, _SON, _DAUGHTER)),
    (3, (_HEAD, _WIFE, _SON, _MOTHER)),
    (2, (_HEAD, _WIFE, _DAUGHTER, _FATHER)),
    (2, (_OLD_HEAD, _OLD_WIFE, _GROWN_SON, _SONS_WIFE)),
    (3, (_HEAD, _WIFE, _SON, _FATHER, _MOTHER)),
    (2, (_OLD_HEAD, _OLD_WIFE, _GROWN_SON, _SONS_WIFE, _GRANDSON)),
    (1, (_OLD_HEAD, _OLD_WIFE, _GROWN_SON, _SONS_WIFE, _GRANDSON, _GRANDDAUGHTER)),
)
"""How many families of each kind: with those above, 54 of them and 162 people."""


def areas() -> list[AreaRow]:
    """The tree: the city, its 12 sub-bureaus, and the one village down to its rows and units."""
    rows = [AreaRow(CITY, "包头市", Level.CITY)]
    rows += [AreaRow(code, f"{name}分局", Level.DISTRICT, CITY) for code, name in _SUB_BUREAUS.items()]
    rows.append(AreaRow(STREET, "昆河镇", Level.STREET, DISTRICT))
    rows.append(AreaRow(COMMUNITY, "西河楞村", Level.COMMUNITY, STREET))
    rows += [AreaRow(code, name, Level.GRID, COMMUNITY) for code, name in zip(GRIDS, _GRID_NAMES, strict=True)]
    for grid, (letter, names) in zip(GRIDS, _ROWS, strict=False):
        for number, name in enumerate(names.split(), 1):
            rows.append(AreaRow(f"{grid}-{letter}{number}", name, Level.BUILDING, grid))
    for number, (name, units) in enumerate(_BUILDINGS, 1):
        building = f"{GRIDS[2]}-{number}"
        rows.append(AreaRow(building, name, Level.BUILDING, GRIDS[2]))
        rows += [AreaRow(f"{building}-{unit}", f"{unit}单元", Level.UNIT, building) for unit in range(1, units + 1)]
    return rows


def staff() -> list[StaffRow]:
    """A head and two workers a grid, and the officials above them."""
    names = Names(Random(_SEED + 1), taken=(one.name for one in residents()))
    posts: list[tuple[Role, str]] = [(Role.CITY, CITY)]
    posts += [(Role.DISTRICT, code) for code in _SUB_BUREAUS]
    posts += [(Role.STREET, STREET), (Role.COMMUNITY, COMMUNITY), (Role.COMMUNITY, COMMUNITY)]
    for grid in GRIDS:
        posts += [(Role.GRID_HEAD, grid), (Role.GRID_WORKER, grid), (Role.GRID_WORKER, grid)]
    sexes = "男女"
    return [
        StaffRow(names.han(names.surname(), sexes[number % 2], "grown"), role, area, phone=f"1990001{number:04d}")
        for number, (role, area) in enumerate(posts, 1)
    ]


def residents() -> list[ResidentRow]:
    """Everybody who came back, household by household: all of them in quarantine on `DAY`."""
    random = Random(_SEED)
    names = Names(random)
    phones = (f"1990000{number:04d}" for number in range(1, PEOPLE + 1))
    households = _families(random)
    places = zip(_doors(), _first_days(random, households), households, strict=True)
    rows: list[ResidentRow] = []
    for number, ((area, room), first_day, (family, has_phones)) in enumerate(places):
        origin = random.choice(_ORIGINS)
        for role, name in zip(family, _names(names, family, mongolian=number % 6 == 4), strict=True):
            rows.append(
                ResidentRow(
                    area=area,
                    room=room,
                    name=name,
                    sex=role.sex,
                    phone=next(phones) if has_phones and role.age != "child" else "",
                    relation=role.relation,
                    tags=_tags(random, role, family),
                    first_day=first_day,
                    days=DAYS,
                    reason="返乡",
                    origin=origin,
                )
            )
    return rows


def roster() -> Roster:
    """The whole workbook."""
    return Roster(areas(), staff(), residents())


def _families(random: Random) -> list[tuple[_Family, bool]]:
    """The families in the order of their doors, and whether the grown-ups among them have phones."""
    families = [(family, False) for family in _WITHOUT_PHONE]
    families += [(family, True) for count, family in _FAMILIES for _ in range(count)]
    random.shuffle(families)
    return families


def _doors() -> Iterator[tuple[str, str]]:
    """18 doors in each grid: village houses by number in the row, flats by storey."""
    for grid, (letter, names) in zip(GRIDS, _ROWS, strict=False):
        for row in range(1, len(names.split()) + 1):
            for house in range(1, 7):
                yield f"{grid}-{letter}{row}", f"{house}号"
    for (building, unit), rooms in zip(((1, 1), (1, 2), (2, 1), (2, 2)), (5, 5, 4, 4), strict=True):
        for room in range(rooms):
            yield f"{GRIDS[2]}-{building}-{unit}", f"{room // 2 + 1}0{room % 2 + 1}"


def _first_days(random: Random, households: list[tuple[_Family, bool]]) -> list[date]:
    """One large family began on the earliest day that still counts, one begins on `DAY`, the others between."""
    between = [1 + number % (DAYS - 2) for number in range(HOUSEHOLDS - 2)]
    random.shuffle(between)
    large = [number for number, (family, _) in enumerate(households) if len(family) >= 3]
    between.insert(large[0], DAYS - 1)
    between.insert(large[1], 0)
    return [DAY - timedelta(days=ago) for ago in between]


def _names(names: Names, family: _Family, *, mongolian: bool) -> list[str]:
    if mongolian:
        return [names.mongolian(role.sex) for role in family]
    surname = names.surname()
    return [names.han(names.surname() if role.own_surname else surname, role.sex, role.age) for role in family]


def _tags(random: Random, role: _Role, family: _Family) -> tuple[str, ...]:
    if role.age != "old":
        return ()
    alone = ("独居老人",) if len(family) == 1 else ("老年人",)
    return (*alone, "慢性病") if random.random() < 0.3 else alone


if __name__ == "__main__":
    write_roster(WORKBOOK, roster())
