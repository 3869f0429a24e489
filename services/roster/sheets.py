"""The sheets as data: names, columns, and what each column holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from rules.roles import Level
from services.roster import cells
from services.roster.errors import CellError
from services.roster.rows import AreaRow, ResidentRow, StaffRow
from services.roster.vocabulary import (
    LEVEL_WORDS,
    LEVELS,
    RELATION_WORDS,
    RELATIONS,
    ROLE_WORDS,
    ROLES,
    SEX_WORDS,
    SEXES,
)

R = TypeVar("R")

Shown = str | int | date | None
Problem = tuple[str, CellError]
"""The field of a row, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the row's field, its headers, what its cells hold and how they are shown."""

    field: str
    zh: str
    en: str
    parse: cells.Parser
    width: int
    required: bool = False
    choices: Sequence[str] = ()
    show: Callable[[Any], Shown] = str
    kind: str = "text"
    """How Excel is to keep it: ``text``, ``date`` or ``days``."""
    note: str = ""
    """The key of what belongs into it, where its field alone does not say."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[R]):
    """One sheet: its names, its columns in order, and the row that they make."""

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    row: Callable[..., R]
    check: Callable[[Mapping[str, Any]], list[Problem]]
    """What is wrong between the cells of one row."""
    colour: str
    by_header: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        headers = {header_key(header): one for one in self.columns for header in (one.zh, one.en)}
        object.__setattr__(self, "by_header", headers)

    def shown(self, row: R) -> list[Shown]:
        """The row's cells, as they are written; None where nothing is known."""
        values = ((one, getattr(row, one.field)) for one in self.columns)
        return [None if value in ("", None, ()) else column.show(value) for column, value in values]


def header_key(header: str) -> str:
    """A header however it is spaced, marked as required or capitalised."""
    return cells.plain(header).casefold().replace("_", " ").strip(" *:")


def _check_area(values: Mapping[str, Any]) -> list[Problem]:
    is_city = values.get("level") is Level.CITY
    if is_city and values.get("parent"):
        return [("parent", CellError("roster-city-has-parent"))]
    if "level" in values and not is_city and not values.get("parent"):
        return [("parent", CellError("roster-parent-required"))]
    return []


def _check_nothing(_values: Mapping[str, Any]) -> list[Problem]:
    return []


def _check_quarantine(values: Mapping[str, Any]) -> list[Problem]:
    """Nothing that was filled in is dropped silently: what describes a quarantine needs its first day."""
    if values.get("first_day"):
        return []
    return [(one, CellError("roster-needs-first-day")) for one in ("days", "reason", "origin") if values.get(one)]


def _resident(**values: Any) -> ResidentRow:
    return ResidentRow(**values)


def as_is(value: Any) -> Shown:
    """A date or a number, shown as what it is."""
    shown: Shown = value
    return shown


AREAS: Sheet[AreaRow] = Sheet(
    "areas",
    "区域",
    "Areas",
    (
        Column("code", "编码", "Code", cells.text(40), 18, required=True),
        Column("name", "名称", "Name", cells.text(50), 24, required=True),
        Column(
            "level",
            "级别",
            "Level",
            cells.choice(LEVEL_WORDS, "roster-bad-level"),
            10,
            required=True,
            choices=tuple(LEVELS.values()),
            show=LEVELS.__getitem__,
        ),
        Column("parent", "上级编码", "Parent code", cells.text(40), 18),
    ),
    AreaRow,
    _check_area,
    "#1F6F54",
)

STAFF: Sheet[StaffRow] = Sheet(
    "staff",
    "工作人员",
    "Staff",
    (
        Column("name", "姓名", "Name", cells.name, 16, required=True),
        Column("phone", "电话", "Phone", cells.phone, 16),
        Column(
            "role",
            "职务",
            "Role",
            cells.choice(ROLE_WORDS, "roster-bad-role"),
            12,
            required=True,
            choices=tuple(ROLES.values()),
            show=ROLES.__getitem__,
        ),
        Column("area", "区域编码", "Area code", cells.text(40), 18, required=True),
        Column("member", "企业微信账号", "WeCom account", cells.text(64), 18),
    ),
    StaffRow,
    _check_nothing,
    "#1D4E89",
)

RESIDENTS: Sheet[ResidentRow] = Sheet(
    "residents",
    "居民",
    "Residents",
    (
        Column("area", "区域编码", "Area code", cells.text(40), 18, required=True),
        Column("room", "房号", "Room", cells.text(40), 10, required=True),
        Column("name", "姓名", "Name", cells.name, 16, required=True),
        Column("sex", "性别", "Sex", cells.choice(SEX_WORDS, "roster-bad-sex"), 7, choices=tuple(SEXES)),
        Column("id_number", "身份证号", "ID number", cells.id_number, 22),
        Column("phone", "电话", "Phone", cells.phone, 16),
        Column(
            "relation",
            "与户主关系",
            "Relation to head",
            cells.choice(RELATION_WORDS, "roster-bad-relation"),
            13,
            choices=tuple(RELATIONS),
        ),
        Column("tags", "重点人群", "Key population", cells.tags, 20, show="、".join),
        Column("first_day", "隔离开始", "Quarantine from", cells.day, 13, show=as_is, kind="date"),
        Column("days", "隔离天数", "Quarantine days", cells.days, 10, show=as_is, kind="days"),
        Column("reason", "隔离原因", "Quarantine reason", cells.text(100), 16),
        Column("origin", "来源地", "Place of origin", cells.text(100), 18),
    ),
    _resident,
    _check_quarantine,
    "#8A4B08",
)

SHEETS: tuple[Sheet[Any], ...] = (AREAS, STAFF, RESIDENTS)
