"""What keeps a message from being sent: five outcomes, and an adapter raises no other."""

from datetime import timedelta


class ChannelError(Exception):
    """The messenger did not take the message."""


class Throttled(ChannelError):  # noqa: N818 - the five outcomes are named as the design names them
    """Too many messages: nothing was sent, wait `retry_after`."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"wait {retry_after.total_seconds():g} s")
        self.retry_after = retry_after


class Unreachable(ChannelError):  # noqa: N818
    """The person cannot be reached here: blocked the bot, left, never started it. `reason` is one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


WINDOW_CLOSED = "window_closed"
"""The reason when somebody has not written for too long, or has been written to too often since."""


class Rejected(ChannelError):  # noqa: N818
    """The messenger will never take this message as it is."""


class Uncertain(ChannelError):  # noqa: N818
    """The request went out and no answer came: it may have been delivered."""


class Failed(ChannelError):  # noqa: N818
    """Nothing was sent; it may work later."""
