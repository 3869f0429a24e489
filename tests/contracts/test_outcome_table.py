"""The table of Telegram's answers: every row decides for something, and nothing is left without an outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.port import ChannelError, Failed, Rejected, Throttled, Uncertain, Unreachable
from channels.telegram_client import NoAnswer, NotReached, Refusal
from channels.telegram_outcomes import TABLE, outcome

ANSWERS = [
    (429, "Too Many Requests: retry after 17", Throttled),
    (403, "Forbidden: bot was blocked by the user", "blocked"),
    (403, "Forbidden: user is deactivated", "deactivated"),
    (403, "Forbidden: bot can't initiate conversation with a user", "never_started"),
    (403, "Forbidden: bot was kicked from the group chat", "kicked"),
    (403, "Forbidden: bot is not a member of the channel chat", "kicked"),
    (403, "Forbidden: the group chat was deleted", "deleted"),
    (403, "Forbidden: bots can't send messages to bots", "forbidden"),
    (400, "Bad Request: chat not found", "not_found"),
    (400, "Bad Request: user not found", "not_found"),
    (400, "Bad Request: PEER_ID_INVALID", "not_found"),
    (400, "Bad Request: can't parse entities: unsupported start tag", Rejected),
    (413, "Request Entity Too Large", Rejected),
    (401, "Unauthorized", Failed),
    (404, "Not Found: method not found", Failed),
    (409, "Conflict: terminated by other getUpdates request", Failed),
    (421, "Misdirected Request", Failed),
    (500, "Internal Server Error: restart", Uncertain),
    (502, "", Uncertain),
    (418, "something new", Failed),
]


@pytest.mark.parametrize(("status", "words", "expected"), ANSWERS, ids=lambda value: str(value)[:30])
def test_every_answer_of_telegram_has_its_outcome(status: int, words: str, expected: str | type[ChannelError]) -> None:
    found = outcome(Refusal(status, words, retry_after=17 if status == 429 else None))
    if isinstance(expected, str):
        assert isinstance(found, Unreachable)
        assert found.reason == expected
    else:
        assert type(found) is expected
    if isinstance(found, Throttled):
        assert found.retry_after == timedelta(seconds=17)


def test_every_row_decides_for_something() -> None:
    refusals = [Refusal(status, words) for status, words, _ in ANSWERS]
    deciding = {next(row for row in TABLE if row.fits(one)) for one in refusals}
    assert set(TABLE) - deciding == set()


def test_a_429_without_a_time_waits_a_little() -> None:
    found = outcome(Refusal(429, "Too Many Requests"))
    assert isinstance(found, Throttled)
    assert found.retry_after == timedelta(seconds=5)


def test_what_was_never_reached_has_failed_and_what_was_never_answered_is_uncertain() -> None:
    assert isinstance(outcome(NotReached("refused")), Failed)
    assert isinstance(outcome(NoAnswer("time-out")), Uncertain)


@given(st.integers(min_value=0, max_value=999), st.text())
def test_nothing_is_left_without_an_outcome(status: int, words: str) -> None:
    assert isinstance(outcome(Refusal(status, words)), ChannelError)
