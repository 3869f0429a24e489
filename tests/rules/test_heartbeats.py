"""Whether a part still moves: those that always do, and those that move when something waits for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.heartbeats import Beat, Watch, goes_on, stands_still

NOON = datetime(2020, 2, 10, 12, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=2)
WATCH = Watch({"tick:rounds": timedelta(seconds=2)}, NOON - timedelta(hours=1), PATIENCE)


def ago(**step: float) -> datetime:
    return NOON - timedelta(**step)


@pytest.mark.parametrize(
    ("beat", "still"),
    [
        (Beat(ago(seconds=1)), False),
        (Beat(ago(seconds=122)), False),
        (Beat(ago(seconds=123)), True),
    ],
)
def test_a_tick_has_its_own_time_and_some_patience(beat: Beat, still: bool) -> None:
    assert stands_still("tick:rounds", beat, WATCH, NOON) is still


def test_what_was_before_somebody_watched_is_nobody_s_fault() -> None:
    just_begun = Watch(WATCH.parts, ago(seconds=30), PATIENCE)
    assert not stands_still("tick:rounds", Beat(ago(hours=5)), just_begun, NOON)
    assert stands_still("tick:rounds", Beat(ago(hours=5)), just_begun, NOON + PATIENCE)


def test_a_community_is_missed_only_while_something_waits_for_it() -> None:
    assert not stands_still("community:/1/", Beat(ago(hours=5)), WATCH, NOON)
    assert not stands_still("community:/1/", Beat(ago(hours=5), waits_since=ago(minutes=1)), WATCH, NOON)
    assert stands_still("community:/1/", Beat(ago(hours=5), waits_since=ago(minutes=3)), WATCH, NOON)


def test_it_goes_on_when_it_has_moved_not_when_somebody_else_begins_to_watch() -> None:
    assert not goes_on("tick:rounds", Beat(ago(minutes=9), told_at=ago(minutes=5)), WATCH)
    assert goes_on("tick:rounds", Beat(ago(minutes=1), told_at=ago(minutes=5)), WATCH)
    assert not goes_on("tick:rounds", Beat(ago(minutes=1)), WATCH)
    assert goes_on("community:/1/", Beat(ago(minutes=9), told_at=ago(minutes=5)), WATCH)
    assert not goes_on("community:/1/", Beat(ago(minutes=9), ago(minutes=8), ago(minutes=5)), WATCH)
