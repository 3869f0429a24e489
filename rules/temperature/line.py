"""A message brought into one spelling, with the way back to the words as they were written."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# NFKC would make letters or other numbers of these: º becomes o, ˚ a space, ① the digit 1 of a value behind it.
_BEFORE = str.maketrans(dict.fromkeys("º˚", "°") | {chr(code): "•" for code in range(0x2460, 0x249C)})
_KEYCAP = re.compile("[0-9]\ufe0f?\u20e3")
# One character for what phones write in several ways.
_AFTER = str.maketrans({"點": "点", "溫": "温", "・": "·", "’": "'", "\u2212": "-"})


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is what is parsed (NFKC, lower case); character i of it comes from `source[origins[i]]`."""

    source: str
    text: str
    origins: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """The person's own words for `text[start:end]`, without the blanks around them."""
        return self.source[self.origins[start] : self.origins[end - 1] + 1].strip()


def read_line(message: str) -> Line:
    """Normalise character by character, so that every character knows where it came from.

    Invisible characters (zero width blanks, emoji joiners) are left out: keyboards put them between digits.
    """
    source = unicodedata.normalize("NFC", message)
    marked = _KEYCAP.sub(lambda keycap: "•" * len(keycap[0]), source).translate(_BEFORE)
    letters: list[str] = []
    origins: list[int] = []
    for at, letter in enumerate(marked):
        if unicodedata.category(letter) == "Cf":
            continue
        folded = unicodedata.normalize("NFKC", letter).casefold().translate(_AFTER)
        letters.append(folded)
        origins.extend([at] * len(folded))
    return Line(source, "".join(letters), tuple(origins))


@lru_cache(maxsize=4096)
def fold(words: str) -> str:
    """A name or a word in the spelling in which messages are parsed."""
    return " ".join(read_line(words).text.split())
