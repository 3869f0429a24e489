"""Symptoms in people's own words: 爷爷咳嗽, 我没力气, 宝宝拉肚子; 不咳嗽 is none, and a question names nobody."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rules.symptoms import Symptom
from rules.temperature.answers import Member
from rules.temperature.lexicon import Lexicon
from rules.temperature.line import read_line
from rules.temperature.words import Kind

_WORDS: dict[Symptom, str] = {
    Symptom.BREATHLESS: (
        "喘不上气 喘不过气 上不来气 气短 气促 气喘 呼吸困难 呼吸费力 呼吸急促 胸闷 憋气 憋得慌 breathless"
        " short of breath can't breathe cannot breathe trouble breathing difficulty breathing"
    ),
    Symptom.CHEST_PAIN: "胸口疼 胸口痛 胸疼 胸痛 心口疼 心口痛 chest pain chest hurts",
    Symptom.CONFUSED: (
        "不清醒 神志不清 意识不清 意识模糊 说胡话 叫不醒 昏迷 昏过去 晕倒 晕过去 抽搐 confused unconscious fainted"
        " won't wake up"
    ),
    Symptom.COUGH: "咳嗽 干咳 老咳 一直咳 咳个不停 咳得厉害 咳痰 cough coughing coughs",
    Symptom.WEAK: "乏力 没力气 没有力气 没劲 浑身没劲 浑身无力 四肢无力 无力 虚弱 weak fatigue exhausted",
    Symptom.DIARRHOEA: "腹泻 拉肚子 拉稀 闹肚子 跑肚 diarrhoea diarrhea",
    Symptom.NO_SMELL: (
        "闻不到 闻不见 闻不出 没嗅觉 嗅觉没了 嗅觉减退 嗅觉失灵 没味觉 味觉没了 吃饭没味 尝不出味 can't smell"
        " cannot smell no smell lost smell no taste"
    ),
    Symptom.SORE_THROAT: "嗓子疼 嗓子痛 喉咙疼 喉咙痛 咽痛 嗓子发炎 sore throat",
    Symptom.HEADACHE: "头疼 头痛 headache",
    Symptom.ACHES: "浑身疼 浑身酸痛 全身酸痛 肌肉酸痛 肌肉疼 关节疼 aches aching",
    Symptom.VOMITING: "恶心 呕吐 吐了 想吐 vomiting nausea vomited",
    Symptom.CHILLS: "发冷 打冷战 打寒战 寒战 畏寒 chills shivering",
    Symptom.RUNNY_NOSE: "流鼻涕 鼻塞 打喷嚏 runny nose",
}
_OF_TWO_WORDS = (
    "short of breath|can't breathe|cannot breathe|trouble breathing|difficulty breathing|chest pain|chest hurts|"
    "won't wake up|can't smell|cannot smell|no smell|lost smell|no taste|sore throat|runny nose"
)
_ENGLISH = re.compile(_OF_TWO_WORDS)
_NOT = re.compile(
    r"(?:不再|不怎么|不|没有|没怎么|没|无|未|从不|也不|也没|都不|都没|no longer|not|no|without|isn't|doesn't|never)"
    r"\s*(?:任何|再|又|太|any|having|have|feel|a|the)?\s*$"
)
_LIST_OF_NONE = re.compile(r"(?:不|没有|没|无|no|without)[^,，。;；!！?？\d]*$")
_QUESTION = re.compile(r"[?？]|吗|怎么办|要不要|用不用|如果|要是|会不会|是不是|算不算|万一|what if|should|does that")
_BEFORE_TODAY = re.compile(r"(?:昨天|前天|以前|上周|之前|去年|上次|yesterday|last week)[^,，。;；]*$")
_CLAUSE = re.compile(r"[,，。;；!！\n]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One symptom of one member; `member_id` None: whose it is has to be asked."""

    member_id: int | None
    symptom: Symptom


def complaints_in(
    text: str, members: Sequence[Member], speaker: int | None, list_: Sequence[Symptom]
) -> tuple[Complaint, ...]:
    """The symptoms of `list_` that a text speaks of, each once a member, in its order.

    A symptom is that of whoever is named last before it; without a name it is the writer's. It has to be asked whose it
    is when the name fits several or nobody here, when nobody is named and the writer is none of `members`, and when
    the text is a question. What is denied (不咳嗽) or of an earlier day is no complaint.
    """
    line = read_line(text).text
    named = _named(line, members, speaker)
    found: dict[Complaint, None] = {}
    asks = bool(_QUESTION.search(line))
    for start, symptom in _symptoms(line, list_):
        if _is_denied(line[:start]) or _BEFORE_TODAY.search(line[:start]):
            continue
        whom = _whom(named, start, speaker, members)
        for one in (None,) if asks else whom:
            found[Complaint(one, symptom)] = None
    return tuple(found)


def _symptoms(line: str, list_: Iterable[Symptom]) -> list[tuple[int, Symptom]]:
    found: list[tuple[int, Symptom]] = []
    for symptom in list_:
        found += [(one.start(), symptom) for one in _pattern(symptom).finditer(line)]
    return sorted(found)


@cache
def _pattern(symptom: Symptom) -> re.Pattern[str]:
    words = _WORDS[symptom]
    every = (*_ENGLISH.findall(words), *_ENGLISH.sub(" ", words).split())
    return re.compile("|".join(rf"\b{re.escape(one)}\b" if one.isascii() else re.escape(one) for one in every))


def _is_denied(before: str) -> bool:
    """不咳嗽; 没有咳嗽、乏力: a denial holds for a list up to the next clause."""
    clause = _CLAUSE.split(before)[-1]
    return bool(_NOT.search(clause)) or ("、" in clause and bool(_LIST_OF_NONE.search(clause)))


def _named(line: str, members: Sequence[Member], speaker: int | None) -> list[tuple[int, frozenset[int]]]:
    """Where somebody is named, and whom the name fits; nobody for a stranger."""
    lexicon = Lexicon(members)
    everybody = frozenset(member.id for member in members)
    found: list[tuple[int, frozenset[int]]] = []
    at, owned = 0, False
    while at < len(line):
        end, meaning = lexicon.longest(line, at) or (at + 1, Kind.TALK)
        if not isinstance(meaning, Kind):
            mine = owned and not meaning.full  # 我妈 is never the one who writes
            found.append((at, meaning.members - {speaker} if mine else meaning.members))
        elif meaning is Kind.SELF:
            found.append((at, frozenset({speaker}) if speaker is not None else frozenset()))
        elif meaning is Kind.STRANGER:
            found.append((at, frozenset()))
        elif meaning is Kind.ALL:
            found.append((at, everybody))
        owned = meaning is Kind.SELF
        at = end
    return found


def _whom(
    named: Sequence[tuple[int, frozenset[int]]], start: int, speaker: int | None, members: Sequence[Member]
) -> tuple[int | None, ...]:
    before = [whom for at, whom in named if at < start]
    whom = before[-1] if before else frozenset()
    if not named:
        mine = speaker if speaker in {member.id for member in members} else None
        return (mine,) if mine is not None or len(members) != 1 else (members[0].id,)
    if not before and len(named) == 1:
        whom = named[0][1]
    if len(whom) == 1:
        return tuple(whom)
    return (None,)
