"""What a family says for each other, from the relation to the head of the household (与户主关系) in the register.

Every relation has a generation, counted from the head (parents +1, children -1), and a sex. A word belongs to a
difference of generations and a sex: the head's 父 is 爸 to the head and 爷爷 to the head's children.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Place:
    generation: int
    sexes: str = "mf"
    couple: str = ""
    """Two places of the same couple are husband and wife; others of one generation are brothers and sisters."""
    by_marriage: bool = False


_PLACES: dict[str, _Place] = {
    relation: place
    for relations, place in (
        ("户主 本人 head", _Place(0, couple="head")),
        ("配偶 爱人 spouse", _Place(0, couple="head")),
        ("夫 丈夫 husband", _Place(0, "m", "head")),
        ("妻 妻子 wife", _Place(0, "f", "head")),
        ("子 儿子 长子 次子 三子 独生子 养子 继子 son", _Place(-1, "m", "son")),
        ("女 女儿 长女 次女 三女 独生女 养女 继女 daughter", _Place(-1, "f", "daughter")),
        ("子女 孩子 child", _Place(-1)),
        ("儿媳 媳妇", _Place(-1, "f", "son", by_marriage=True)),
        ("女婿", _Place(-1, "m", "daughter", by_marriage=True)),
        ("父 父亲 father", _Place(1, "m", "parents")),
        ("母 母亲 mother", _Place(1, "f", "parents")),
        ("父母 parent", _Place(1, couple="parents")),
        ("公公 岳父", _Place(1, "m", "in-laws", by_marriage=True)),
        ("婆婆 岳母", _Place(1, "f", "in-laws", by_marriage=True)),
        ("祖父 爷爷 外祖父 外公 姥爷 grandfather", _Place(2, "m", "grandparents")),
        ("祖母 奶奶 外祖母 外婆 姥姥 grandmother", _Place(2, "f", "grandparents")),
        ("祖父母 外祖父母 grandparent", _Place(2, couple="grandparents")),
        ("孙 孙子 外孙 外孙子 grandson", _Place(-2, "m")),
        ("孙女 外孙女 granddaughter", _Place(-2, "f")),
        ("孙子女 外孙子女 grandchild", _Place(-2)),
        ("兄 哥哥 弟 弟弟 兄弟 brother", _Place(0, "m")),
        ("姐 姐姐 妹 妹妹 姐妹 sister", _Place(0, "f")),
        ("兄弟姐妹 sibling", _Place(0)),
    )
    for relation in relations.split()
}

_CHILD = "孩子 小孩 小朋友 宝宝 宝贝 宝 娃 娃娃 хүүхэд kid child baby"
_BY_BLOOD: dict[tuple[int, str], str] = {
    (3, "m"): "太爷爷 老爷爷 曾祖父 太姥爷 great-grandpa",
    (3, "f"): "太奶奶 老奶奶 曾祖母 太姥姥 great-grandma",
    (2, "m"): "爷爷 爷 祖父 外公 姥爷 外祖父 老爷子 өвөө ovoo grandpa grandad granddad grandfather",
    (2, "f"): "奶奶 奶 祖母 外婆 姥姥 外祖母 老太太 额莫格 эмээ emee grandma granny grandmother",
    (1, "m"): "爸爸 爸 老爸 父亲 爹 老爹 阿爸 老爷子 аав aav dad daddy father papa",
    (1, "f"): "妈妈 妈 老妈 母亲 娘 额吉 老太太 ээж eej mum mom mummy mommy mother mama",
    (0, "m"): "哥哥 哥 弟弟 弟 大哥 二哥 老弟 brother",
    (0, "f"): "姐姐 姐 妹妹 妹 大姐 二姐 老妹 sister",
    (-1, "m"): f"儿子 儿砸 小子 大儿子 二儿子 小儿子 老大 老二 老三 老小 大宝 二宝 小宝 хүү khuu {_CHILD} son boy",
    (-1, "f"): (
        f"女儿 闺女 丫头 姑娘 大女儿 二女儿 小女儿 大闺女 小闺女 老大 老二 老三 老小 大宝 二宝 小宝 охин okhin {_CHILD}"
        " daughter girl"
    ),
    (-2, "m"): f"孙子 大孙子 小孙子 外孙 外孙子 {_CHILD} grandson",
    (-2, "f"): f"孙女 大孙女 小孙女 外孙女 {_CHILD} granddaughter",
}
_BY_MARRIAGE: dict[tuple[int, str], str] = {
    (1, "m"): "公公 岳父 丈人 老丈人 father-in-law",
    (1, "f"): "婆婆 岳母 丈母娘 mother-in-law",
    (-1, "m"): "女婿 姑爷 son-in-law",
    (-1, "f"): "儿媳 儿媳妇 媳妇 daughter-in-law",
}
_COUPLE: dict[str, str] = {
    "m": "老公 丈夫 先生 爱人 老伴 老伴儿 老头 老头子 对象 当家的 husband hubby",
    "f": "老婆 妻子 太太 爱人 老伴 老伴儿 老婆子 媳妇 媳妇儿 对象 wife",
}

_BY_BIRTH: dict[str, str] = {
    "长": "老大 大宝 大儿子 大女儿 大闺女",
    "次": "老二 二宝 二儿子 二女儿",
    "三": "老三",
    "独生": "",
}
"""What only the first, the second, the third child is called; where the register does not say which, it is asked."""
_OF_MANY: frozenset[str] = frozenset(word for words in _BY_BIRTH.values() for word in words.split())

KIN: frozenset[str] = frozenset(
    word for table in (_BY_BLOOD, _BY_MARRIAGE, _COUPLE) for words in table.values() for word in words.split()
) | frozenset(_PLACES) - {"本人"}
"""Every word for a relative: whoever is called so and is not asked is somebody else, never nobody."""


def calls_of(relation: str, said_by: str | None = None) -> tuple[str, ...]:
    """The words for somebody of this relation to the head, by a speaker whose own relation is `said_by`.

    Adults also speak as the children would: a wife says 爷爷 of her father-in-law. Without `said_by` it is the union of
    what the head's and the children's generations say. Where the sex is known, 夫 or 妻 is better than 户主 or 配偶,
    which are 爸 as well as 妈. Empty for 其他 and for relations of no standard list.
    """
    place = _PLACES.get(relation)
    if place is None:
        return ()
    speaker = _PLACES.get(said_by or "")
    words = [relation]
    for view in _views(speaker):
        for sex in place.sexes:
            words += _words(place, sex, view, speaker)
    return tuple(dict.fromkeys(_in_order_of_birth(relation, words)))


def _in_order_of_birth(relation: str, words: list[str]) -> list[str]:
    """Of a 次子 what fits the second child: 老二, and never 老大."""
    born = next((word for order, word in _BY_BIRTH.items() if relation.startswith(order)), None)
    if born is None:
        return words
    return [word for word in words if word not in _OF_MANY or word in born.split()]


def _views(speaker: _Place | None) -> tuple[int, ...]:
    """The generations in whose words the speaker talks."""
    if speaker is None or speaker.generation == 0:
        return (0, -1)
    if speaker.generation > 0:
        return (speaker.generation, -1)
    # Who married into the family mostly has children there; a son may be a child himself.
    return (speaker.generation, speaker.generation - 1) if speaker.by_marriage else (speaker.generation,)


def _words(place: _Place, sex: str, view: int, speaker: _Place | None) -> list[str]:
    step = place.generation - view
    partner = speaker.couple if speaker and speaker.generation == view else "head" if view == 0 else ""
    if step == 0 and place.couple and place.couple == partner:
        return _COUPLE[sex].split()
    blood = "" if place.by_marriage and step < 0 else _BY_BLOOD.get((step, sex), "")
    # Only who is old enough to be married has a 公公 or a 岳父.
    grown_up = view == (speaker.generation if speaker else 0)
    married = _BY_MARRIAGE.get((step, sex), "") if place.by_marriage or (step > 0 and grown_up) else ""
    return blood.split() + married.split()
