"""The codes of WeChat and WeCom: each that is known to come has its outcome, and no table has one more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels.port import WINDOW_CLOSED, ChannelError, Failed, Rejected, Throttled, Uncertain, Unreachable
from channels.tencent_client import STALE_TOKEN, NoAnswer, NotReached, Refusal
from channels.tencent_outcomes import Outcomes
from channels.wechat_outcomes import FORGOTTEN, NO_MENU, QUOTA, TOO_FAST, WINDOW
from channels.wechat_outcomes import TABLE as WECHAT_TABLE
from channels.wechat_outcomes import outcomes as wechat
from channels.wecom_client import INVALID, UNLICENSED
from channels.wecom_outcomes import TABLE as WECOM_TABLE
from channels.wecom_outcomes import TOO_MANY
from channels.wecom_outcomes import outcomes as wecom

MINUTE = timedelta(minutes=1)
WECHAT: tuple[tuple[int, str, type[ChannelError] | str | timedelta], ...] = (
    (-1, "system busy", Failed),
    (45011, "called too often in this minute", TOO_FAST),
    (45009, "the day's quota is used up", QUOTA),
    (45015, "response out of time limit or subscription is canceled", WINDOW_CLOSED),
    (45047, "out of response count limit", WINDOW_CLOSED),
    (43004, "does not follow the account", "not_following"),
    (48002, "has shut the account out", "blocked"),
    (43101, "has refused the subscription", "refused"),
    (40003, "not an openid of this account", "not_found"),
    (40001, "the token or the secret is wrong", Failed),
    (40014, "the token is wrong", Failed),
    (42001, "the token is over", Failed),
    (40013, "the appid is wrong", Failed),
    (40125, "the secret is wrong", Failed),
    (40164, "this address is not in the list", Failed),
    (41002, "no appid", Failed),
    (41004, "no secret", Failed),
    (48001, "the account may not call this", Failed),
    (48004, "the call has been taken from the account", Failed),
    (50002, "the account is limited", Failed),
    (61024, "the account is not authorised", Failed),
    (45002, "too long", Rejected),
    (44004, "empty", Rejected),
    (40007, "a media_id that is over", Rejected),
    (40008, "not a kind of message for this account", Rejected),
    (40200, "an account without menus in messages", Rejected),
    (40037, "not a template of this account", Rejected),
    (47001, "not the JSON of the call", Rejected),
    (47003, "a field that the template has not", Rejected),
)
"""Code, what it says, and the outcome: an error, the reason of an `Unreachable`, or how long to wait."""
WECOM: tuple[tuple[int, str, type[ChannelError] | str | timedelta], ...] = (
    (-1, "system busy", Failed),
    (45009, "called too often", MINUTE),
    (45033, "too many calls at a time", TOO_MANY),
    (81013, "nobody of those it was for can have it", "not_found"),
    (60111, "not a member, or without a licence", "not_licensed"),
    (60020, "this address is not trusted", Failed),
    (60011, "no right to this member", Failed),
    (48002, "no right to this call", Failed),
    (301002, "no right to this application", Failed),
    (40001, "the secret is wrong", Failed),
    (40013, "the corpid is wrong", Failed),
    (40014, "the token is wrong", Failed),
    (42001, "the token is over", Failed),
    (40056, "not this application's number", Failed),
    (40058, "not the parameters of the call", Rejected),
    (40007, "a media_id that is over", Rejected),
    (42014, "a card's number that was used", Rejected),
    (44004, "empty", Rejected),
    (45002, "too long", Rejected),
)


def holds(outcomes: Outcomes, code: int, words: str, expected: type[ChannelError] | str | timedelta) -> None:
    found = outcomes.of(Refusal(code, words))
    if isinstance(expected, str):
        assert isinstance(found, Unreachable)
        assert found.reason == expected
    elif isinstance(expected, timedelta):
        assert isinstance(found, Throttled)
        assert found.retry_after == expected
    else:
        assert type(found) is expected


@pytest.mark.parametrize(("code", "words", "expected"), WECHAT, ids=lambda value: str(value)[:20])
def test_every_code_of_wechat_has_its_outcome(
    code: int, words: str, expected: type[ChannelError] | str | timedelta
) -> None:
    holds(wechat, code, words, expected)


@pytest.mark.parametrize(("code", "words", "expected"), WECOM, ids=lambda value: str(value)[:20])
def test_every_code_of_wecom_has_its_outcome(
    code: int, words: str, expected: type[ChannelError] | str | timedelta
) -> None:
    holds(wecom, code, words, expected)


def test_no_row_of_ours_is_without_its_code_here() -> None:
    assert WECHAT_TABLE.keys() == {code for code, _, _ in WECHAT}
    assert WECOM_TABLE.keys() == {code for code, _, _ in WECOM}


def test_what_is_done_about_a_code_before_it_is_an_outcome_is_one_of_the_table() -> None:
    assert WECHAT_TABLE.keys() >= WINDOW | NO_MENU | FORGOTTEN | STALE_TOKEN
    assert WECOM_TABLE.keys() >= {INVALID, UNLICENSED} | STALE_TOKEN


@pytest.mark.parametrize("outcomes", [wechat, wecom], ids=["wechat", "wecom"])
def test_what_nobody_has_heard_of_is_tried_again_and_silence_is_uncertain(outcomes: Outcomes) -> None:
    assert type(outcomes.of(Refusal(99999, "something new"))) is Failed
    assert type(outcomes.of(NotReached("refused"))) is Failed
    assert type(outcomes.of(NoAnswer("time-out"))) is Uncertain
