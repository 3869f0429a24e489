"""Slots: when a household is asked, reminded and counted as silent."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.policy import Policy
from rules.rounds import (
    ANSWERED,
    FINAL_UNLESS_LATE,
    LATE_PATIENCE,
    Ask,
    Half,
    NotAsked,
    RequestStatus,
    Slot,
    first_slot,
    following,
    outcome_of_answer,
    outcome_of_silence,
    plan,
    slot,
)
from rules.times import at_local, days_between

DAY = date(2020, 2, 10)
INSTANT = timedelta.resolution
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any times of day three hours apart, and any patience up to a day."""
    morning = draw(st.integers(0, 20 * 60))
    evening = draw(st.integers(morning + 180, 23 * 60 + 59))
    remind, more = draw(st.integers(1, 12 * 60)), draw(st.integers(1, 12 * 60))
    return Policy(
        timezone=draw(st.sampled_from(ZONES)),
        morning=time(*divmod(morning, 60)),
        evening=time(*divmod(evening, 60)),
        remind_after=timedelta(minutes=remind),
        miss_after=timedelta(minutes=remind + more),
    )


days = st.dates(date(2020, 1, 1), date(2021, 12, 31))
slots = st.builds(slot, days, st.sampled_from(Half), policies())
offsets = st.timedeltas(timedelta(days=-3), timedelta(days=20))


def _walk(first: date, last: date, now: datetime, policy: Policy) -> Iterator[Slot]:
    one = first_slot(first, last, now, policy)
    while one is not None and one.day <= last:
        yield one
        one = following(one, policy)


def test_a_morning_at_eight_is_reminded_at_ten_and_missed_at_twelve() -> None:
    one = slot(DAY, Half.MORNING, Policy())
    assert one.opens_at == datetime(2020, 2, 10, 0, 0, tzinfo=UTC)
    assert one.remind_at == datetime(2020, 2, 10, 2, 0, tzinfo=UTC)
    assert one.miss_at == datetime(2020, 2, 10, 4, 0, tzinfo=UTC)


def test_evening_follows_morning_and_the_next_morning_follows_evening() -> None:
    policy = Policy()
    evening = following(slot(DAY, Half.MORNING, policy), policy)
    morning = following(evening, policy)
    assert (evening.day, evening.half) == (DAY, Half.EVENING)
    assert (morning.day, morning.half) == (DAY + timedelta(days=1), Half.MORNING)


@given(days, policies())
def test_each_slot_opens_after_the_one_before(first: date, policy: Policy) -> None:
    before = at_local(first, time(0), policy.timezone) - timedelta(days=1)
    walked = list(_walk(first, first + timedelta(days=13), before, policy))
    assert all(one.opens_at < later.opens_at for one, later in pairwise(walked))


@given(days, st.integers(0, 20), offsets, policies())
def test_a_quarantine_is_asked_for_exactly_the_slots_that_are_not_over(
    first: date, more: int, offset: timedelta, policy: Policy
) -> None:
    last = first + timedelta(days=more)
    now = at_local(first, time(12), policy.timezone) + offset
    every = [slot(day, half, policy) for day in days_between(first, last) for half in Half]
    assert list(_walk(first, last, now, policy)) == [one for one in every if one.miss_at > now]


@given(days, st.integers(1, 20), policies())
def test_a_quarantine_known_before_it_begins_is_asked_twice_on_every_day(
    first: date, length: int, policy: Policy
) -> None:
    last = first + timedelta(days=length - 1)
    known = at_local(first, time(0), policy.timezone)
    walked = [(one.day, one.half) for one in _walk(first, last, known, policy)]
    assert walked == [(day, half) for day in days_between(first, last) for half in Half]


def test_an_evening_that_lasts_over_midnight_is_still_asked_after_midnight() -> None:
    policy = Policy(miss_after=timedelta(hours=8))
    now = at_local(DAY + timedelta(days=1), time(1, 0), policy.timezone)
    assert first_slot(DAY, DAY, now, policy) == slot(DAY, Half.EVENING, policy)
    assert first_slot(DAY, DAY, now + timedelta(hours=1), policy) is None


def test_a_quarantine_whose_last_evening_is_over_is_not_asked_again() -> None:
    evening = slot(DAY, Half.EVENING, Policy())
    assert first_slot(DAY, DAY, evening.miss_at - INSTANT, Policy()) == evening
    assert first_slot(DAY, DAY, evening.miss_at, Policy()) is None


@given(slots)
def test_at_the_instant_of_opening_everything_is_as_planned(one: Slot) -> None:
    assert plan(one, one.opens_at) == Ask(one.remind_at, one.miss_at)


@given(slots)
def test_until_the_reminder_a_late_prompt_changes_nothing(one: Slot) -> None:
    assert plan(one, one.remind_at) == Ask(one.remind_at, one.miss_at)


@given(slots)
def test_after_the_time_of_the_reminder_there_is_none_and_still_an_hour_to_answer(one: Slot) -> None:
    late = one.remind_at + INSTANT
    if late < one.miss_at:
        assert plan(one, late) == Ask(None, max(one.miss_at, late + LATE_PATIENCE))
    last = one.miss_at - INSTANT
    assert plan(one, last) == Ask(None, last + LATE_PATIENCE)


@given(slots, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_slot_that_is_over_is_not_asked_and_the_reason_is_the_service(one: Slot, later: timedelta) -> None:
    assert plan(one, one.miss_at + later) == NotAsked("service_was_down")


@given(slots, st.timedeltas(timedelta(hours=-1), timedelta(days=2)))
def test_whoever_is_asked_has_time_to_answer(one: Slot, offset: timedelta) -> None:
    now = one.opens_at + offset
    decision = plan(one, now)
    if isinstance(decision, Ask):
        assert decision.miss_at >= one.miss_at
        assert decision.miss_at > now
        assert decision.remind_at is None or now <= decision.remind_at < decision.miss_at


def test_missed_means_asked_and_silent_and_not_asked_means_unreachable() -> None:
    assert outcome_of_silence(asked=True) is RequestStatus.MISSED
    assert outcome_of_silence(asked=False) is RequestStatus.UNREACHABLE


@pytest.mark.parametrize("status", RequestStatus)
@given(owed=st.integers(1, 12))
def test_a_report_with_somebody_missing_stays_as_it_was(status: RequestStatus, owed: int) -> None:
    assert outcome_of_answer(status, owed=owed) is status


@pytest.mark.parametrize(
    ("status", "complete"),
    [
        (RequestStatus.DUE, RequestStatus.REPORTED),
        (RequestStatus.REPORTED, RequestStatus.REPORTED),
        (RequestStatus.MISSED, RequestStatus.LATE),
        (RequestStatus.UNREACHABLE, RequestStatus.LATE),
        (RequestStatus.LATE, RequestStatus.LATE),
    ],
)
def test_a_complete_report_is_late_when_its_slot_was_closed(status: RequestStatus, complete: RequestStatus) -> None:
    assert outcome_of_answer(status, owed=0) is complete
    assert complete in ANSWERED


def test_no_status_is_both_answered_and_open_to_a_late_answer() -> None:
    assert not ANSWERED & FINAL_UNLESS_LATE
