"""What somebody may mean who looks for a person or a door (查找): a name, a door, a telephone number or its end."""

import re
import unicodedata
from dataclasses import dataclass

from rules.addresses import room_number

SHORTEST_TAIL, WHOLE = 4, 7
"""Digits: of the end of a number that is looked for at all, and of a number that is whole."""
FEW = 6_000
"""People among whom each is looked at: a community and more. Above it a name or a number is typed whole, for those have
an index.
"""
MOST_LOOKED_AT = 2_000
"""Doors among many that are compared with what was typed; when more could be meant, nobody wants to read them."""
SHOWN = 8
"""Households to choose from."""

_BETWEEN_DIGITS = re.compile(r"[\s().·-]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text may be, as far as it can be that; "" where it cannot."""

    name: str
    door: str
    tail: str
    """The end of a telephone number."""
    number: str
    """A whole one."""

    @property
    def room(self) -> str:
        """The number of a door's room, for the database to look for; "" where the door has none."""
        return room_number(self.door)


def wanted(text: str) -> Wanted:
    """What may be meant: digits are a door and the end of a number at once, words a name and a door."""
    said = " ".join(unicodedata.normalize("NFKC", text).split())
    digits = _BETWEEN_DIGITS.sub("", said).removeprefix("+")
    dialled = digits if digits.isascii() and digits.isdecimal() else ""
    whole = dialled if len(dialled) >= WHOLE else ""
    return Wanted(
        name=said if any(letter.isalpha() for letter in said) and not said[0].isdigit() else "",
        door="" if whole else said,
        tail=dialled if SHORTEST_TAIL <= len(dialled) < WHOLE else "",
        number=whole,
    )
