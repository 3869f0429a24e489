"""Every answer of the corpus is understood as it says."""

from collections.abc import Iterator

import pytest

from rules.temperature import Member, Report, Unclear, understand
from tests.rules import temperature_corpus as corpus

Case = tuple[str, tuple[Member, ...], int | None, corpus.Expectation]

_HOUSEHOLDS: dict[str, tuple[tuple[Member, ...], int | None]] = {
    "couple, he writes": (corpus.COUPLE, 1),
    "couple, somebody else writes": (corpus.COUPLE, None),
    "sisters": (corpus.SISTERS, 1),
    "mongolian": (corpus.MONGOLIAN, 1),
    "herders": (corpus.HERDERS, 3),
    "three generations": (corpus.THREE_GENERATIONS, 2),
    "english": (corpus.ENGLISH, 1),
}


def _cases() -> Iterator[Case]:
    for text, expected in corpus.OWN_VALUE.items():
        yield text, corpus.ALONE, 1, expected
    for text, expected in corpus.FAMILY_ANSWERS.items():
        yield text, corpus.FAMILY, corpus.MOTHER, expected
    for name, answers in corpus.OTHER_HOUSEHOLDS.items():
        for text, expected in answers.items():
            yield text, *_HOUSEHOLDS[name], expected


def _spelled(result: Report | Unclear | None, members: tuple[Member, ...]) -> corpus.Expectation:
    if result is None:
        return None
    if isinstance(result, Unclear):
        return f"{result.why}: {result.quote}"
    values = {reading.member_id: str(reading.celsius) for reading in result.readings}
    return "!" * result.correction + " ".join(values.get(member.id, "-") for member in members)


@pytest.mark.parametrize(("text", "members", "speaker", "expected"), list(_cases()), ids=lambda part: repr(part)[:40])
def test_an_answer_is_understood(
    text: str, members: tuple[Member, ...], speaker: int | None, expected: corpus.Expectation
) -> None:
    assert _spelled(understand(text, members, speaker), members) == expected


def test_the_corpus_is_of_five_hundred_answers_and_no_household_has_one_twice() -> None:
    distinct = {(text, members) for text, members, _, _ in _cases()}
    assert len(distinct) >= 500
    assert len({text for text, *_ in _cases()}) >= 500
