"""Whether two questions about one notice ask the same, so that one answer is for both.

Short questions are compared by the pairs of characters that they share (Dice's coefficient, L. R. Dice, Ecology 26,
1945), after what only makes them polite is taken away and a few ways to say one thing are made one. A number, a day, a
negation or whom it is about decides alone, and so does one thing in the place of another: 几点送菜上门 and 几点送药上门
differ in little and ask something else.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

ALIKE = 0.7
"""From here on two questions are one. No pair in `tests/rules/enquiry_corpus.py` that asks something else comes so far,
and most that ask the same do: what is missed costs a human one more answer, what is mixed up misleads somebody.
"""

MOST_ADDED = 2
"""Characters that one of them may have and the other not: 我家; more of them say something of their own."""

_ONE_THING: tuple[tuple[str, str], ...] = (
    (r"什么时候|啥时候|啥时间|什么时间|何时|几点钟|几点|when|what time", "时间"),
    (r"在哪里|在哪儿|去哪里|去哪儿|哪里|哪儿|什么地方|啥地方|在哪|where", "何处"),
    (r"怎么办|咋办|怎么弄|咋弄|如何", "怎么"),
    (r"需不需要|要不要|用不用|必须|需要|得要", "要"),
    (r"能不能|可不可以|能否|可否|可以|可以不可以", "能"),
    (r"有没有|有无", "有"),
    (r"是不是|是否", "是"),
    (r"身份证件|身份证明|证件|\bid card\b|\bid\b", "身份证"),
    (r"多长时间|多少时间|多久|how long", "多久"),
    (r"做核酸|测核酸|核酸检测|做检测", "核酸"),
)
_POLITE = re.compile(
    r"请问|想问问|想问|问一下|问下|您好|你好|麻烦|谢谢|劳驾|老师|同志|领导|一下|那个|到底|大概|还|呢|吗|嘛|啊|呀|吧|哦|了|的"
    r"|\b(?:please|hello|hi|thanks?|thank you)\b"
    r"|\b(?:do|does|is|are|can|will|should|need|have|the|a|an|to|i|we|it|my|our|your|you)\b"
)
_OR_NOT = re.compile(r"(\w)不\1")
"""去不去 asks what 去吗 asks."""
_NEGATED = re.compile(r"不|没|别|无|\bnot\b|n't\b|\bno\b|\bwithout\b")
_COUNTED = re.compile(r"([一二两三四五六七八九十]+)(?=号|楼|单元|栋|幢|点|月|日|岁|个|次|天|户|人|层)")
_DIGITS = "零一二三四五六七八九"
_WHOM: tuple[tuple[str, str], ...] = (
    (
        "old",
        r"老人|老年|老头|老太|爷爷|奶奶|姥|爸|妈|父|母|\b(?:elderly|old \w+|grand\w+|father|mother)\b",
    ),
    ("child", r"孩|宝宝|婴|幼儿|学生|儿子|女儿|\b(?:child\w*|kids?|bab(?:y|ies)|son|daughter|pupils?)\b"),
    ("pregnant", r"孕|\bpregnant\b"),
    ("ill", r"残|轮椅|卧床|瘫|行动不便|走不动|病|\b(?:disabled|wheelchair|bedridden|sick|ill)\b"),
    ("away", r"外地|不在家|出差|\b(?:away|out of town)\b"),
    ("pet", r"狗|猫|宠物|\b(?:dogs?|cats?|pets?)\b"),
    ("car", r"车|\bcars?\b"),
)
_WHEN: tuple[tuple[str, str], ...] = (
    *((day, f"{day}[天日早晚]") for day in "今明后昨"),
    ("周末", "周末"),
    *((f"周{day}", f"(?:周|星期|礼拜){day}") for day in "一二三四五六日天"),
    *((part, part) for part in ("早上|上午", "中午", "下午", "晚上|晚")),
    *((day, rf"\b{day}\b") for day in ("today", "tomorrow", "morning", "afternoon", "evening", "tonight")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready to be compared."""

    pairs: Counter[str]
    signs: Counter[str]
    numbers: frozenset[str]
    whom: frozenset[str]
    when: frozenset[str]
    negated: bool


def made_ready(text: str) -> Asked:
    """What a question asks, without what makes it polite."""
    said = unicodedata.normalize("NFKC", text).casefold()
    for pattern, word in _ONE_THING:
        said = re.sub(pattern, word, said)
    said = _OR_NOT.sub(r"\1", said)
    said = _COUNTED.sub(lambda found: _number(found[1]), said)
    bare = re.sub(r"[\W_]+", "", _POLITE.sub("", said))
    numbers = frozenset(re.findall(r"\d+", said))
    whom, when = _found(_WHOM, said), _found(_WHEN, said)
    return Asked(_pairs(bare), Counter(bare), numbers, whom, when, bool(_NEGATED.search(said)))


def likeness(one: Asked, other: Asked) -> float:
    """How much of two questions is the same, 0 to 1; 0 where what decides alone differs."""
    if one.numbers != other.numbers or one.whom != other.whom or one.negated != other.negated:
        return 0.0
    if one.when and other.when and one.when != other.when:
        return 0.0
    more, less = (one.signs - other.signs).total(), (other.signs - one.signs).total()
    if (more and less) or max(more, less) > MOST_ADDED:
        return 0.0
    size = one.pairs.total() + other.pairs.total()
    return 2 * (one.pairs & other.pairs).total() / size if size else 0.0


def most_alike(text: str, known: Iterable[tuple[int, str]]) -> int | None:
    """The number of the known question that asks the same; None: none does. Of several the most alike, the oldest."""
    asked = made_ready(text)
    found = [(likeness(asked, made_ready(other)), -number) for number, other in known]
    best = max(found, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None


def _pairs(bare: str) -> Counter[str]:
    return Counter(map("".join, pairwise(bare))) if len(bare) > 1 else Counter(bare)


def _found(words: Iterable[tuple[str, str]], said: str) -> frozenset[str]:
    return frozenset(name for name, pattern in words if re.search(pattern, said))


def _number(word: str) -> str:
    """Up to 99: 三 is 3, 十二 is 12, 二十 is 20."""
    tens, ten, ones = word.replace("两", "二").rpartition("十")
    if not ten:
        return "".join(str(_DIGITS.index(one)) for one in ones)
    return str(10 * (_DIGITS.index(tens[-1]) if tens else 1) + (_DIGITS.index(ones[0]) if ones else 0))
