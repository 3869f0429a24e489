"""Symptoms in people's own words: whose they are is never guessed, and what is denied is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.complaints import complaints_in
from rules.policy import Policy, overridden
from rules.symptoms import RED_FLAGS, USUAL_SYMPTOMS, Symptom, chosen
from tests.rules.complaint_corpus import COMPLAINTS
from tests.rules.temperature_corpus import FAMILY, MOTHER

_NAMES = {member.id: member.name for member in FAMILY} | {None: "?"}


@pytest.mark.parametrize(("text", "expected"), COMPLAINTS.items())
def test_what_a_family_says_of_how_it_feels(text: str, expected: str | None) -> None:
    found = complaints_in(text, FAMILY, MOTHER, USUAL_SYMPTOMS)
    said = ",".join(f"{_NAMES[one.member_id]} {one.symptom.value}" for one in found)
    assert (said or None) == expected


def test_of_one_who_lives_alone_it_is_theirs_whoever_writes() -> None:
    assert [one.member_id for one in complaints_in("咳嗽", FAMILY[:1], None, USUAL_SYMPTOMS)] == [MOTHER]
    assert [one.member_id for one in complaints_in("咳嗽", FAMILY, None, USUAL_SYMPTOMS)] == [None]


@given(st.text(st.sampled_from("我爷爷宝宝咳嗽没不气短,。？吗 36.5都全家昨天、") | st.characters(), max_size=40))
def test_whatever_is_written_nobody_is_invented(text: str) -> None:
    for one in complaints_in(text, FAMILY, MOTHER, USUAL_SYMPTOMS):
        assert one.member_id in _NAMES
        assert one.symptom in USUAL_SYMPTOMS


@given(st.lists(st.sampled_from(Symptom), max_size=6))
def test_an_area_chooses_its_list_and_cannot_leave_out_a_red_flag(names: list[Symptom]) -> None:
    found = overridden(Policy(), {"symptoms": ",".join(names)}).symptoms
    assert found[: len(RED_FLAGS)] == RED_FLAGS
    assert set(found) == {*RED_FLAGS, *names}
    assert len(set(found)) == len(found)


def test_an_unknown_symptom_is_refused() -> None:
    with pytest.raises(ValueError, match="hiccups"):
        chosen("cough,hiccups")
