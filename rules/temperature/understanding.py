"""From the words of a resident to a report."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from rules.temperature.answers import Member, Reading, Report, Unclear, Why
from rules.temperature.assignment import Assignment
from rules.temperature.claims import Answer, claims_of
from rules.temperature.cutting import cut
from rules.temperature.degrees import Believable
from rules.temperature.lexicon import Lexicon
from rules.temperature.line import Line, read_line
from rules.temperature.order import names_first
from rules.temperature.people import people_of
from rules.temperature.said import NotUnderstoodError, Said
from rules.temperature.tokens import Token, Value, Word
from rules.temperature.words import Kind

LOWEST, HIGHEST = 34.0, 42.5
"""The believable body temperatures in °C: the defaults of the policy of the same name."""

# So many unknown letters beside a bare integer make it a number of something else: 下午去超市买了36鸡蛋.
_MUCH_TALK = 3

_NUMBERS = re.compile("[0-9 .,;:/+\n\uff0c\u3002\u3001\uff1b\uff1a-]*")
"""Texts in which nobody can be named: the same for every household."""
_MOST_KNOWN = 2048
"""Texts of numbers that are kept as they were read; most answers are one of some forty."""

_Parts = tuple[Line, Sequence[Token], Answer]


def understand(
    text: str,
    members: Sequence[Member],
    speaker: int | None,
    *,
    unnamed: Sequence[int] | None = None,
    lowest: float = LOWEST,
    highest: float = HIGHEST,
) -> Report | Unclear | None:
    """What `text` reports of the members who are asked, in the order of `members`.

    `speaker` is the id of the member who writes, None when they are none of them. `unnamed` are the ids of those for
    whom values without a name and 全家 may be, when they are not all: the members may be of several households, and
    for nobody at all (an empty one) every value needs a name. Values between `lowest` and `highest`
    (°C) are believed. None means that the text does not speak of temperatures; Unclear, that something must be asked.
    """
    ids = tuple(member.id for member in members)
    speaker = speaker if speaker in ids else None
    believable = _believable(lowest, highest)
    if _NUMBERS.fullmatch(text):
        line, tokens, answer = _numbers(text, believable)
    else:
        line, tokens, answer = _parts(text, members, speaker, believable)
    if not ids or _is_about_other_things(line, tokens, answer):
        return None
    try:
        given = _readings(answer, line, Assignment(ids, speaker, unnamed), speaker)
    except NotUnderstoodError as error:
        return Unclear(error.why, line.quote(error.start, error.end))
    return Report(
        readings=tuple(Reading(member, float(given[member])) for member in ids if member in given),
        missing=tuple(member for member in ids if member not in given),
        correction=answer.correction,
    )


@lru_cache
def _believable(lowest: float, highest: float) -> Believable:
    return Believable(Decimal(str(lowest)), Decimal(str(highest)))


@lru_cache(_MOST_KNOWN)
def _numbers(text: str, believable: Believable) -> _Parts:
    return _parts(text, (), None, believable)


def _parts(text: str, members: Sequence[Member], speaker: int | None, believable: Believable) -> _Parts:
    line = read_line(text)
    tokens = cut(line, Lexicon(members), speaker, believable)
    return line, tokens, claims_of(tokens)


def _readings(answer: Answer, line: Line, assignment: Assignment, speaker: int | None) -> dict[int, Decimal]:
    said = [Said(people_of(claim, line.text, speaker), claim.values, claim) for claim in answer.claims]
    given = assignment.give(names_first(said))
    for values, why in ((answer.denied, Why.INEXACT), (answer.earlier, Why.EARLIER)):
        if values and not given:
            raise NotUnderstoodError(why, values[0].start, values[-1].end)
    return given


def _is_about_other_things(line: Line, tokens: Sequence[Token], answer: Answer) -> bool:
    values = [token for token in tokens if isinstance(token, Value)]
    if all(value.plain for value in values) and not any(claim.people and claim.values for claim in answer.claims):
        talk = sum(token.end - token.start for token in tokens if isinstance(token, Word) and token.kind is Kind.TALK)
        return not values or talk > _MUCH_TALK
    asks = "?" in line.text or "吗" in line.text
    limits = [value.why for claim in answer.claims for value in claim.values]
    return asks and bool(limits) and all(why is Why.INEXACT for why in limits)
