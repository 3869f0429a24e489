"""No person is told more alarms that can wait than so many in any hour, and none of them is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.storms import HOUR, Lately, gathered_at, has_room

NOW = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_last_place_of_an_hour_is_kept_for_what_gathers() -> None:
    assert has_room(Lately([NOW] * 18), NOW, 20)
    assert not has_room(Lately([NOW] * 19), NOW, 20)
    assert not has_room(Lately([NOW - HOUR, NOW], waiting=18), NOW, 20)
    assert has_room(Lately([NOW - HOUR] * 30), NOW, 20)


def test_while_something_gathers_everything_joins_it() -> None:
    assert not has_room(Lately([], gathered_at=NOW), NOW, 20)


def test_nothing_is_limited_by_zero() -> None:
    assert has_room(Lately([NOW] * 500, 500, NOW), NOW, 0)


def test_what_gathers_leaves_when_the_hour_before_it_has_a_place() -> None:
    assert gathered_at(Lately([NOW - 10 * MINUTE] * 2), NOW, 20) == NOW
    assert gathered_at(Lately([NOW - 10 * MINUTE, NOW - 5 * MINUTE]), NOW, 2) == NOW + 50 * MINUTE
    assert gathered_at(Lately([NOW - 10 * MINUTE, NOW - 5 * MINUTE]), NOW, 1) == NOW + 55 * MINUTE


@dataclass
class _Phone:
    """One person's phone: what is owed to it as `services.hours` owes it, and when it arrived."""

    most: int
    waits: list[datetime] = field(default_factory=list)
    gathers: datetime | None = None
    gathered: list[datetime] = field(default_factory=list)
    """When what is being gathered now was to be told."""
    arrived: list[datetime] = field(default_factory=list)
    longest: timedelta = timedelta(0)

    def owe(self, now: datetime, starts: datetime) -> None:
        lately = Lately([one for one in self.arrived if one > now - HOUR], len(self.waits), self.gathers)
        if has_room(lately, now, self.most):
            self.waits.append(starts)
            return
        due_at = gathered_at(lately, starts, self.most)
        assert due_at - starts <= HOUR, "never later than the next hour"
        self.gathers = due_at if self.gathers is None else min(self.gathers, due_at)
        self.gathered.append(starts)

    def deliver(self, now: datetime) -> None:
        for one in [one for one in self.waits if one <= now]:
            self.waits.remove(one)
            self.arrived.append(now)
        if self.gathers is not None and self.gathers <= now:
            self.gathers = None
            self.gathered = []
            self.arrived.append(now)


acts = st.lists(
    st.tuples(
        st.integers(0, 40).map(lambda minutes: minutes * MINUTE),
        st.sampled_from(["owe", "owe", "owe", "owe later", "deliver", "deliver", "owe many"]),
    ),
    max_size=120,
)


@given(st.integers(1, 5), acts)
def test_no_hour_holds_more_whatever_is_owed_and_however_late_it_leaves(
    most: int, acts: list[tuple[timedelta, str]]
) -> None:
    phone, now = _Phone(most), NOW
    for after, what in acts:
        now += after
        if what == "deliver":  # the messenger may have been away until now
            phone.deliver(now)
        for _ in range(7 if what == "owe many" else what.startswith("owe")):
            phone.owe(now, now + (90 * MINUTE if what == "owe later" else timedelta(0)))
    for end in phone.arrived:
        assert sum(end - HOUR < one <= end for one in phone.arrived) <= most
    phone.deliver(now + timedelta(days=1))
    assert (phone.waits, phone.gathered) == ([], []), "nothing is lost"
