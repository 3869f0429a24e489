"""A door as people write it, found among the doors of the register (门牌)."""

import re
import unicodedata
from collections.abc import Sequence

_NOTHING = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[0-9]+")


def is_meant(address: str, text: str) -> bool:
    """Whether `text` can mean this door, whose address begins below its grid.

    Numbers count by their order, and the last of them is the room: ``2-301``, ``2号楼301`` and ``301`` all mean
    2号楼 1单元 301. Without any it is a part of the address.
    """
    here, said = _plain(address), _plain(text)
    wanted = _NUMBERS.findall(unicodedata.normalize("NFKC", text))
    if not wanted:
        return bool(said) and said in here
    return _is_part(wanted, _NUMBERS.findall(unicodedata.normalize("NFKC", address)))


def room_number(text: str) -> str:
    """The number of the room in a door as people write it, the last one; "" where there is none."""
    found = _NUMBERS.findall(unicodedata.normalize("NFKC", text))
    return str(int(found[-1])) if found else ""


def _plain(text: str) -> str:
    return _NOTHING.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _is_part(wanted: Sequence[str], there: Sequence[str]) -> bool:
    """The numbers in this order, with the last at the end."""
    if not there or int(wanted[-1]) != int(there[-1]):
        return False
    rest = iter([int(one) for one in there])
    return all(int(one) in rest for one in wanted)
