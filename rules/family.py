"""Who of a family is asked, who is a child, and by which words they are put down."""

import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from rules.temperature.kinship import KIN

ADULT = 18
"""Years: who is younger is a minor by the Civil Code (article 17) and is never asked."""
LONGEST_CALL = 8
MOST_MEMBERS = 20
"""Behind one door, as far as a family puts them down itself."""

RELATIONS = {
    "配偶": "spouse",
    "子": "son",
    "女": "daughter",
    "父": "father",
    "母": "mother",
    "孙子": "grandson",
    "孙女": "granddaughter",
    "祖父": "grandfather",
    "祖母": "grandmother",
    "儿媳": "daughter-in-law",
    "女婿": "son-in-law",
}
"""The relations to the head that are offered, by the register's words, with their keys; any other can be typed."""

_RELATION = re.compile(r"[^\W\d_]{1,10}")


class Part(StrEnum):
    """What somebody has to do with a household's reports."""

    ASKED = "asked"
    """Is asked, once they have joined; hears when somebody was quicker."""
    LEFT_ALONE = "left_alone"
    """Chose not to be asked, or somebody of the family chose it for them; may report all the same."""
    CHILD = "child"
    """Is never asked."""


def age_on(day: date, id_number: str) -> int | None:
    """Full years on a date, by the date of birth in a citizen's number; None when there is none in it."""
    try:
        born = date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(age: int | None) -> bool:
    """Whether somebody of this age is never asked; who is of unknown age is an adult until somebody says otherwise."""
    return age is not None and age < ADULT


def may_stop(person: int, asked: Collection[int]) -> bool:
    """Whether somebody may be left alone, when these are asked and can be reached: somebody always stays asked."""
    return bool(set(asked) - {person})


def relation_of(text: str) -> str | None:
    """A relation to the head as typed; None for what is none."""
    word = text.strip()
    return word if _RELATION.fullmatch(word) else None


def call_of(text: str, taken: Collection[str]) -> str | None:
    """A nickname; None when it is too long, holds a digit, is a word for any relative, or is somebody else's name."""
    word = text.strip()
    if not 1 <= len(word) <= LONGEST_CALL or not re.fullmatch(r"[^\W\d_]+", word):
        return None
    return None if word in KIN or word in taken else word
