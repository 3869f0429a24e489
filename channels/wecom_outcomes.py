"""What a refusal of WeCom means, as the port's outcomes: one table by errcode; the words change and decide nothing."""

from datetime import timedelta

from channels.port import Throttled
from channels.tencent_outcomes import Outcomes, Row, failed, rejected, unreachable
from channels.wecom_client import INVALID, UNLICENSED

TOO_FAST, TOO_MANY = timedelta(seconds=60), timedelta(seconds=5)

TABLE: dict[int, Row] = {
    -1: failed,  # "system busy"
    45009: lambda _: Throttled(TOO_FAST),
    45033: lambda _: Throttled(TOO_MANY),
    INVALID: unreachable("not_found"),
    UNLICENSED: unreachable("not_licensed"),
    40058: rejected,  # not the parameters of the call
    40007: rejected,  # a media_id that is over
    42014: rejected,  # a card's number that was used
    44004: rejected,  # empty
    45002: rejected,  # too long
    # For an operator: the address is not trusted, the application has no right, or its secret or token is wrong.
    **dict.fromkeys((60020, 60011, 40001, 40013, 40014, 42001, 40056, 48002, 301002), failed),
}
"""By errcode."""

outcomes = Outcomes(TABLE)
"""Around a call: what goes wrong inside is one of the port's five `ChannelError`s."""
