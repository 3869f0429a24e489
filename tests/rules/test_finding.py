"""What somebody may mean who looks for a person or a door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.finding import wanted


@pytest.mark.parametrize(
    ("text", "name", "door", "tail", "number", "room"),
    [
        ("王芳", "王芳", "王芳", "", "", ""),
        ("  Ann   Lee ", "Ann Lee", "Ann Lee", "", "", ""),
        ("3号", "", "3号", "", "", "3"),
        ("２号楼０３０１", "", "2号楼0301", "", "", "301"),
        ("东一排 3号", "东一排 3号", "东一排 3号", "", "", "3"),
        ("301", "", "301", "", "", "301"),
        ("1234", "", "1234", "1234", "", "1234"),
        ("199 0000-1234", "", "", "", "19900001234", ""),
        ("+86 19900001234", "", "", "", "8619900001234", ""),
        ("——", "", "——", "", "", ""),
    ],
)
def test_what_is_typed_is_looked_for_as_whatever_it_can_be(
    text: str, name: str, door: str, tail: str, number: str, room: str
) -> None:
    found = wanted(text)
    assert (found.name, found.door, found.tail, found.number, found.room) == (name, door, tail, number, room)


@given(text=st.text(max_size=40))
def test_whatever_is_typed_has_a_meaning_or_none(text: str) -> None:
    found = wanted(text)
    assert not (found.tail and found.number)
    assert found.room == "" or found.room.isdecimal()
