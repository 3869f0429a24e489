"""What the members are called: their names, parts of their names, and the words their family has for them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.temperature.answers import Member
from rules.temperature.line import fold
from rules.temperature.numerals import NUMERALS
from rules.temperature.words import WORDS, Kind

_DOUBLE_SURNAMES = frozenset(
    re.findall("..", "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐宇文长孙司徒夏侯端木南宫呼延独孤赫连拓跋完颜纳兰")
)
# The register's 本人 is the head of the household; in a message it is whoever writes.
_NOBODYS = frozenset({Kind.SELF, Kind.OURS, Kind.ALL, Kind.REST, Kind.EACH})


@dataclass(frozen=True, slots=True)
class Called:
    """Who may be meant by a word. `full` names stand for themselves: 我王芳 is Wang Fang, 我妈 is somebody else."""

    members: frozenset[int]
    full: bool


def called(members: Sequence[Member]) -> dict[str, Called]:
    """Every word by which somebody of the household may be named, with all whom it fits."""
    full: dict[str, set[int]] = defaultdict(set)
    other: dict[str, set[int]] = defaultdict(set)
    for member in members:
        full[fold(member.name)].add(member.id)
        for word in _shortened(fold(member.name)):
            other[word].add(member.id)
        for word in map(fold, member.calls):
            if WORDS.get(word) not in _NOBODYS:
                other[word].add(member.id)
    return {
        word: Called(frozenset(full.get(word, set()) | other.get(word, set())), full=word in full)
        for word in full.keys() | other.keys()
        if any(letter.isalpha() for letter in word)
    }


def _shortened(name: str) -> Iterator[str]:
    """The given name, as the family says it: 建国 of 王建国; 芳, 芳芳, 小芳 and 阿芳 of 王芳; each word of `Li Lei`;
    the first half of a long Mongolian name.
    """
    if not is_han(name):
        yield from (part for part in name.replace("·", " ").split() if len(part) > 1 and part not in WORDS)
        return
    given = name[2:] if name[:2] in _DOUBLE_SURNAMES else name[1:]
    if len(name) > 4:
        yield name[:2]  # a Mongolian name has no surname: 乌云 of 乌云其其格
        return
    if not given:
        return
    if len(given) > 1:
        yield given
        return
    if given not in WORDS and given not in NUMERALS:
        yield given
    yield from (given * 2, f"小{given}", f"阿{given}")


def is_han(words: str) -> bool:
    """Whether all of it is Chinese characters, which are written without blanks between words."""
    return bool(words) and all("\u3400" <= letter <= "\u9fff" or letter == "〇" for letter in words)
