"""What holds for every household, every value and every way to write it."""

import string
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from random import Random

from cn2an import an2cn
from hypothesis import example, given
from hypothesis import strategies as st

from rules.temperature import HIGHEST, LOWEST, Member, Report, Unclear, Why, calls_of, understand
from tests.rules.temperature_corpus import FAMILY, FAMILY_ANSWERS, MOTHER, OWN_VALUE

_NAMES = (
    "王芳",
    "李建国",
    "李天宇",
    "欧阳小雨",
    "巴特尔",
    "乌云其其格",
    "Батбаяр",
    "Oyun",
    "Li Lei",
    "张三丰",
    "高兴",
    "和平",
)
_ALPHABET = (
    "我都全家没量是不和的爷奶爸妈宝王芳李建国一二三四五六七八九十百零半度点个岁号多吗"
    "0123456789.,。·:;/-~+°℃F ①３\n\u200b()@?！，、年月日cf"
)
_messages = st.text() | st.text(_ALPHABET, max_size=40)
_tenths = st.integers(round(LOWEST * 10), round(HIGHEST * 10)).map(lambda tenths: Decimal(tenths) / 10)


def _as_spoken(value: Decimal) -> str:
    return str(an2cn(f"{value:.1f}"))


def _plain(value: Decimal) -> str:
    return f"{value:.1f}"


def _wide(value: Decimal) -> str:
    return _plain(value).translate(str.maketrans(string.digits + ".", "０１２３４５６７８９．"))


Spelling = Callable[[Decimal], str]
_SPELLINGS: tuple[Spelling, ...] = (
    _plain,
    _wide,
    _as_spoken,
    lambda value: f"{value:.1f}℃",
    lambda value: f"{value:.1f}度",
    lambda value: f"{value:.1f}°C",
    lambda value: _plain(value).replace(".", "度"),
    lambda value: _plain(value).replace(".", "点"),
    lambda value: _plain(value).replace(".", "，"),
    lambda value: _plain(value).replace(".", "。"),
    lambda value: _plain(value).replace(".", "·"),
    lambda value: _as_spoken(value).replace("点", "度"),
    lambda value: "".join(str(an2cn(digit)) if digit.isdigit() else "点" for digit in _plain(value)),
    lambda value: f"{value * 9 / 5 + 32:.2f}F",
)
_GLUE = ("", " ", "：", ":", "=", "是", "体温", "今天体温是")
_BETWEEN = (" ", "，", ", ", "、", "；", "\n", " / ", "。")
_households = st.lists(st.sampled_from(_NAMES), min_size=2, max_size=5, unique=True).map(
    lambda names: [Member(number, name) for number, name in enumerate(names, start=1)]
)


@st.composite
def _reports(draw: st.DrawFn) -> tuple[list[Member], dict[int, Decimal]]:
    members = draw(_households)
    named = draw(st.lists(st.sampled_from(members), min_size=1, unique=True))
    return members, {member.id: draw(_tenths) for member in named}


def _readings(result: Report | Unclear | None) -> dict[int, Decimal]:
    assert isinstance(result, Report), result
    return {reading.member_id: Decimal(str(reading.celsius)) for reading in result.readings}


def _named(members: Sequence[Member], member_id: int) -> str:
    return next(member.name for member in members if member.id == member_id)


@given(_reports(), st.data())
def test_named_values_in_every_spelling_go_to_whom_they_name(
    report: tuple[list[Member], dict[int, Decimal]], data: st.DataObject
) -> None:
    members, values = report
    between = data.draw(st.sampled_from(_BETWEEN))
    text = between.join(
        _named(members, member) + data.draw(st.sampled_from(_GLUE)) + data.draw(st.sampled_from(_SPELLINGS))(value)
        for member, value in values.items()
    )
    assert _readings(understand(text, members, None)) == values
    assert _readings(understand(text, members, members[0].id)) == values


@given(_reports(), st.sampled_from(_BETWEEN), st.randoms())
def test_the_order_of_named_values_changes_nothing(
    report: tuple[list[Member], dict[int, Decimal]], between: str, random: Random
) -> None:
    members, values = report
    parts = [f"{_named(members, member)}{value}" for member, value in values.items()]
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert understand(between.join(parts), members, None) == understand(between.join(shuffled), members, None)


@given(_households, st.data(), st.sampled_from(_SPELLINGS), st.sampled_from((" ", "、", "；", "\n", "/", " ， ")))
def test_as_many_values_as_members_are_theirs_in_order(
    members: list[Member], data: st.DataObject, spell: Spelling, between: str
) -> None:
    values = [data.draw(_tenths) for _ in members]
    text = between.join(spell(value) for value in values)
    assert list(_readings(understand(text, members, None)).values()) == values


@given(_households, _tenths, st.sampled_from(_SPELLINGS), st.sampled_from(("全家", "都", "全家都是", "all ", "大家都")))
def test_one_value_for_everybody(members: list[Member], value: Decimal, spell: Spelling, everybody: str) -> None:
    result = understand(everybody + spell(value), members, None)
    assert _readings(result) == {member.id: value for member in members}


@given(_reports())
def test_full_width_and_spoken_numbers_say_the_same(report: tuple[list[Member], dict[int, Decimal]]) -> None:
    members, values = report

    def said(spell: Spelling) -> Report | Unclear | None:
        return understand(
            "，".join(_named(members, member) + spell(value) for member, value in values.items()), members, 1
        )

    assert said(_plain) == said(_wide) == said(_as_spoken)


@given(_messages, st.sampled_from((MOTHER, None)))
@example("零" * 5000, MOTHER)
@example("三十六点五" * 1000, MOTHER)
@example("三栋" * 2000, MOTHER)
@example("9" * 5000 + ".5", MOTHER)
@example("一百零一" * 1000, None)
def test_whatever_is_written_no_value_is_beyond_belief_and_nobody_is_invented(text: str, speaker: int | None) -> None:
    result = understand(text, FAMILY, speaker)
    ids = [member.id for member in FAMILY]
    if isinstance(result, Report):
        reported = [reading.member_id for reading in result.readings]
        assert all(LOWEST <= reading.celsius <= HIGHEST for reading in result.readings)
        assert reported
        assert sorted((*reported, *result.missing)) == ids
        assert list(result.missing) == sorted(result.missing)
    if isinstance(result, Unclear):
        assert result.quote
        assert result.quote in unicodedata.normalize("NFC", text)


@given(st.sampled_from(sorted(OWN_VALUE | FAMILY_ANSWERS)))
def test_nobody_asked_nothing_understood(text: str) -> None:
    assert understand(text, (), None) is None


@given(_tenths.filter(lambda value: not 36 <= value <= 37))
def test_the_limits_are_those_of_the_policy(value: Decimal) -> None:
    result = understand(str(value), FAMILY[:1], MOTHER, lowest=36.0, highest=37.0)
    assert isinstance(result, Unclear)
    assert result.why is Why.OUT_OF_RANGE


def test_a_word_for_a_relative_depends_on_who_says_it() -> None:
    assert {"爷爷", "爸"} <= set(calls_of("父"))
    assert "爸" in calls_of("父", said_by="户主")
    assert "爷爷" in calls_of("父", said_by="子")
    assert "爸" not in calls_of("父", said_by="子")
    assert "公公" in calls_of("父", said_by="妻")
    assert "老公" in calls_of("夫", said_by="妻")
    assert "老公" not in calls_of("子", said_by="女")
    assert "老伴" in calls_of("母", said_by="父")
    assert calls_of("其他") == ()


def test_the_members_of_a_usual_family_are_told_apart_by_their_usual_words() -> None:
    family = [
        Member(number, name, calls_of(relation, said_by="户主"))
        for number, (name, relation) in enumerate(
            [("张伟", "夫"), ("刘敏", "妻"), ("张大山", "父"), ("李秀英", "母"), ("张小雨", "女")], start=1
        )
    ]
    text = "我36.5，老婆36.6，爷爷36.7，奶奶36.8，闺女36.9"
    assert list(_readings(understand(text, family, 1)).values()) == [Decimal(f"36.{tenth}") for tenth in range(5, 10)]
