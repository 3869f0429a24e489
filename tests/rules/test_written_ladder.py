"""A ladder that an area writes down: read as it was meant, or refused with what is wrong."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import NotAllowedError
from rules.ladder import AT_NIGHT, LADDERS, LINE, Ladder, Step
from rules.policy import CHOSEN_LADDERS, Policy, overridden, written
from rules.roles import Role
from rules.written_ladder import A_DAY, LONGEST, MOST_TIMES, read_ladder, write_ladder


@st.composite
def written_steps(draw: st.DrawFn) -> tuple[Ladder, str]:
    """Any ladder, and six steps that fit it."""
    ladder = draw(st.sampled_from(sorted(CHOSEN_LADDERS.values())))
    minutes = st.integers(1, LONGEST.get(ladder, A_DAY))
    told = st.tuples(minutes, st.integers(1, MOST_TIMES)).map(lambda one: f"{one[0]}x{one[1]}")
    six = st.lists(st.one_of(told, st.sampled_from("-+")), min_size=5, max_size=5)
    day, night = ",".join([*draw(six), draw(told)]), ",".join([*draw(six), draw(told)])
    mark = draw(st.sampled_from(["/", " / ", "/night ", " night ", " 夜 ", "，夜里：", " 夜间 "]))
    return ladder, f"{day}{mark}{night}" if ladder in AT_NIGHT and draw(st.booleans()) else day


@given(written_steps())
def test_what_was_written_is_what_is_read(one: tuple[Ladder, str]) -> None:
    ladder, text = one
    day, night = read_ladder(ladder, text)
    assert read_ladder(ladder, write_ladder(day, night)) == (day, night)
    for steps in (day, night):
        told = [role for step in steps for role in (step.role, *step.beside)]
        assert told == [role for role in LINE if role in told]
    name = f"ladder_{ladder.value}"
    policy = overridden(Policy(), {name: text})
    assert written(policy)[name] == write_ladder(day, night)
    assert policy.ladders[ladder]
    assert policy.nights.get(ladder, policy.ladders[ladder]), "somebody is told at night too"


@pytest.mark.parametrize("ladder", Ladder)
def test_those_of_the_house_are_written_and_read_again(ladder: Ladder) -> None:
    assert read_ladder(ladder, write_ladder(LADDERS[ladder])) == (LADDERS[ladder], ())


def test_the_night_has_steps_of_its_own() -> None:
    day, night = read_ladder(Ladder.ABNORMAL, "10,10,15,30,30,60 夜 20x2,-,30,-,-,60")
    assert write_ladder(day) == "10,10,15,30,30,60"
    assert write_ladder(night) == "20x2,-,30,-,-,60"
    assert write_ladder(day, night) == "10,10,15,30,30,60/20x2,-,30,-,-,60"


def test_what_is_the_same_at_night_has_no_night() -> None:
    assert read_ladder(Ladder.ABNORMAL, "10,10,15,30,30,60/10,10,15,30,30,60")[1] == ()


def test_a_ladder_written_for_the_day_alone_takes_the_night_back() -> None:
    above = overridden(Policy(), {"ladder_abnormal": "10,10,15,30,30,60/20,20,20,20,20,20"})
    assert above.nights
    assert not overridden(above, {"ladder_abnormal": "10,10,15,30,30,60"}).nights


@pytest.mark.parametrize("ladder", sorted(set(CHOSEN_LADDERS.values()) - AT_NIGHT))
def test_what_waits_for_the_morning_has_no_steps_for_the_night(ladder: Ladder) -> None:
    with pytest.raises(NotAllowedError, match="nobody is told of it at night"):
        overridden(Policy(), {f"ladder_{ladder.value}": "10,10,15,30,30,60/10,10,15,30,30,60"})


@pytest.mark.parametrize(
    "text",
    [
        "10x2,10,15,30,30,60",
        "10×2、10、15、30、30、60",
        "１０ｘ２，１０，１５，３０，３０，６０",
        "10*2 10 15 30 30 60",
        "10分钟×2次 → 10分钟 → 15分钟 → 30分钟 → 30分钟 → 60分钟",
        "10m X2; 10m; 15m; 30m; 30m; 60m".replace("m X", "mX"),
    ],
)
def test_it_is_read_as_people_type_it(text: str) -> None:
    assert write_ladder(*read_ladder(Ladder.ABNORMAL, text)) == "10x2,10,15,30,30,60"


def test_some_are_told_together_and_some_not_at_all() -> None:
    assert read_ladder(Ladder.CLUSTER, "-,+,15,30,-,60x3")[0] == (
        Step(Role.GRID_HEAD, timedelta(minutes=15), beside=(Role.COMMUNITY,)),
        Step(Role.STREET, timedelta(minutes=30)),
        Step(Role.CITY, timedelta(minutes=60), times=3),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "here are 0"),
        ("10,10,15,30,30,60/", "here are 0"),
        ("10,10,15,30,30,60/10", "here are 1"),
        ("10,10,15,30,30,60/-,-,-,-,-,-", "somebody"),
        ("10,10,15,30,30,60/1,1,1,1,1,1/1,1,1,1,1,1", "six for the night"),
        ("10,10,15", "here are 3"),
        ("10,10,15,30,30,60,60", "here are 7"),
        ("-,-,-,-,-,-", "somebody"),
        ("10,10,15,30,30,+", "nobody above city"),
        ("10,10,15,30,+,-", "nobody above district"),
        ("0,10,15,30,30,60", "1 to 120 minutes"),
        ("0.5,10,15,30,30,60", "1 to 120 minutes"),
        ("10,10,15,30,30,121", "1 to 120 minutes"),
        ("10x0,10,15,30,30,60", "1 to 5 times"),
        ("10x6,10,15,30,30,60", "1 to 5 times"),
        ("ten,10,15,30,30,60", "ten is no step"),
        ("10,10,15,30,30,nan", "nan is no step"),
        ("-10,10,15,30,30,60", "-10 is no step"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(NotAllowedError, match=f"ladder_abnormal = .*: .*{why}"):
        overridden(Policy(), {"ladder_abnormal": text})


def test_an_emergency_does_not_wait_longer_than_half_an_hour_at_a_step() -> None:
    with pytest.raises(NotAllowedError, match="1 to 30 minutes"):
        overridden(Policy(), {"ladder_emergency": "3,5,5,10,10,31"})


def test_an_area_that_changes_one_keeps_the_others() -> None:
    here = overridden(Policy(), {"ladder_missed": "30,60,60,60,60,60"})
    assert {one for one in Ladder if here.ladders[one] != LADDERS[one]} == {Ladder.MISSED}


@pytest.mark.parametrize("name", ["ladder_ordinary", "ladder_", "ladders"])
def test_what_is_no_alarm_has_no_ladder_to_choose(name: str) -> None:
    with pytest.raises(NotAllowedError):
        overridden(Policy(), {name: "10,10,15,30,30,60"})
