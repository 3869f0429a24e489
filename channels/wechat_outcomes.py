"""What a refusal of WeChat means, as the port's outcomes: one table by errcode; the words change and decide nothing."""

from datetime import timedelta

from channels.port import WINDOW_CLOSED, Throttled
from channels.tencent_client import STALE_TOKEN
from channels.tencent_outcomes import Outcomes, Row, failed, rejected, unreachable

TOO_FAST = timedelta(seconds=60)
QUOTA = timedelta(minutes=30)
"""A day's quota ends at midnight; to ask every half hour costs nothing and needs no clock of theirs."""

WINDOW = frozenset({45015, 45047})
"""Nothing may be sent to this person for now: out of the 48 hours, or too often since they wrote."""
NO_MENU = frozenset({40200, 40008})
"""This account may not send menus (a test account, or one without the permission): words will do."""
FORGOTTEN = frozenset({40007})
"""A media_id that is over: after three days."""
MISCONFIGURED = frozenset({*STALE_TOKEN, 40013, 40125, 40164, 41002, 41004, 48001, 48004, 50002, 61024})
"""Codes that an operator has to mend: no waiting helps."""

TABLE: dict[int, Row] = {
    -1: failed,  # "system busy"
    45011: lambda _: Throttled(TOO_FAST),
    45009: lambda _: Throttled(QUOTA),
    **dict.fromkeys(WINDOW, unreachable(WINDOW_CLOSED)),
    43004: unreachable("not_following"),
    48002: unreachable("blocked"),
    43101: unreachable("refused"),
    40003: unreachable("not_found"),
    45002: rejected,  # too long
    44004: rejected,  # empty
    **dict.fromkeys(FORGOTTEN, rejected),
    40037: rejected,  # a template that is not this account's
    47001: rejected,  # not the JSON of the call
    47003: rejected,  # a field of a template that it has not, or too long for it
    **dict.fromkeys(NO_MENU, rejected),
    **dict.fromkeys(MISCONFIGURED, failed),
}
"""By errcode."""

outcomes = Outcomes(TABLE)
"""Around a call: what goes wrong inside is one of the port's five `ChannelError`s."""
