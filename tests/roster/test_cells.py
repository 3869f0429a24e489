"""What people type into cells, and what it means."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from rules.roles import Level, Role
from services.register.numbers import id_characters, id_check_character, is_id_number, is_phone, phone_digits
from services.roster import cells
from services.roster.sheets import RESIDENTS
from services.roster.vocabulary import LEVEL_WORDS, RELATION_WORDS, ROLE_WORDS


@pytest.mark.parametrize(
    ("parse", "cell", "meaning"),
    [
        (cells.text(40), 301.0, "301"),
        (cells.text(40), "３０１\u200b ", "301"),
        (cells.name, "王　芳", "王芳"),
        (cells.name, " Ba  Tu ", "Ba Tu"),
        (cells.phone, 19900000001.0, "19900000001"),
        (cells.phone, "+86 199-0000-0001", "19900000001"),
        (cells.phone, "0472-5123456", "04725123456"),
        (cells.phone, "+976 9911 2233", "97699112233"),
        (cells.id_number, " 11010519491231002x", "11010519491231002X"),
        (cells.day, "2020-02-01", date(2020, 2, 1)),
        (cells.day, "2020/2/1", date(2020, 2, 1)),
        (cells.day, "2020年2月1日", date(2020, 2, 1)),
        (cells.day, "２０２０．２．１", date(2020, 2, 1)),
        (cells.day, 20200201.0, date(2020, 2, 1)),
        (cells.day, "2020-02-01 00:00:00", date(2020, 2, 1)),
        (cells.day, datetime(2020, 2, 1, 8, 30), date(2020, 2, 1)),  # noqa: DTZ001 - Excel knows no zones
        (cells.days, 14.0, 14),
        (cells.days, "21天", 21),
        (cells.tags, "独居老人、慢性病，孕妇;慢性病；", ("独居老人", "慢性病", "孕妇")),
        (cells.choice(LEVEL_WORDS, "roster-bad-level"), "Grid", Level.GRID),
        (cells.choice(ROLE_WORDS, "roster-bad-role"), "grid_head", Role.GRID_HEAD),
        (cells.choice(RELATION_WORDS, "roster-bad-relation"), "长子", "子"),
    ],
)
def test_a_cell_means(parse: Callable[[cells.Cell], object], cell: cells.Cell, meaning: object) -> None:
    assert parse(cell) == meaning


@pytest.mark.parametrize("blank", [None, "", "  ", "　", "\u200b"])
def test_nothing_filled_in_is_blank(blank: cells.Cell) -> None:
    assert cells.is_blank(blank)


def test_zero_is_not_blank() -> None:
    assert not cells.is_blank(0.0)


def test_the_check_character_is_that_of_the_standard() -> None:
    # The example of GB 11643-1999 itself.
    assert id_check_character("11010519491231002") == "X"
    assert id_characters("11010519491231002x ") == "11010519491231002X"
    assert is_id_number("11010519491231002X")
    assert not is_id_number("11010519490231002X")


def test_a_phone_has_one_spelling() -> None:
    spellings = ("19900000001", "+8619900000001", "0086 199 0000 0001", "８６-19900000001", "(199)0000.0001")
    assert {phone_digits(one) for one in spellings} == {"19900000001"}
    assert is_phone("19900000001")
    assert not is_phone("123456")


def test_the_days_are_the_areas_when_only_the_start_is_given() -> None:
    row = RESIDENTS.row(area="G", room="1", name="王芳", first_day=date(2020, 2, 1))
    assert row.days is None
