"""Looking up the longest word of the lists or of the family at a place of a message."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from rules.temperature.answers import Member
from rules.temperature.kinship import KIN
from rules.temperature.names import Called, called, is_han
from rules.temperature.words import WORDS, Kind

_Index = Mapping[str, Sequence[str]]


class Lexicon:
    """The words of one household: those of the lists and those for its members, who come first."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._names = called(members)
        self._index = _by_first_letter(self._names)

    def longest(self, text: str, at: int) -> tuple[int, Kind | Called] | None:
        """Where the longest word that starts at `at` ends, and what it is."""
        name = _longest(self._index, text, at)
        word = "" if _is_doubled(text, at) else _longest(_common_index(), text, at)
        if name and len(name) >= len(word):
            return at + len(name), self._names[name]
        return (at + len(word), _common()[word]) if word else None


@cache
def _common() -> Mapping[str, Kind]:
    return dict.fromkeys(KIN, Kind.STRANGER) | WORDS


@cache
def _common_index() -> _Index:
    return _by_first_letter(_common())


def _by_first_letter(words: Mapping[str, object]) -> _Index:
    index: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        index[word[0]].append(word)
    return index


def _longest(index: _Index, text: str, at: int) -> str:
    for word in index.get(text[at], ()):
        if text.startswith(word, at) and not _cuts_a_word(text, at, at + len(word)):
            return word
    return ""


def _is_doubled(text: str, at: int) -> bool:
    """早早, 好好: a doubled character is a pet name rather than a word of the lists, unless the pair is in them."""
    pair = text[at] * 2
    if not is_han(pair) or pair in _common():
        return False
    return text.startswith(pair, at) or text.endswith(pair, 0, at + 1)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a word of an alphabet would be cut; Chinese is written without blanks and has no such ends."""
    return _joined(text, start) or _joined(text, end)


def _joined(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return left.isalpha() and right.isalpha() and not is_han(left) and not is_han(right)
