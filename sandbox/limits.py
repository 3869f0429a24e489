"""Telegram's flood limits, by the sandbox clock: 30 messages a second a bot, one a second a chat, 20 a minute a group.

Times are microseconds since 1970 (`VirtualClock.micros`).
"""

from __future__ import annotations

from collections import deque

from sandbox.clock import SECOND

BOT_MESSAGES_A_SECOND = 30
CHAT_BURST = 5
GROUP_MESSAGES_A_MINUTE = 20
MINUTE = 60 * SECOND


def _whole_seconds(micros: int) -> int:
    return max(1, -(-micros // SECOND))


class FloodPause:
    """After a limit was passed everything is refused until the announced pause is over."""

    __slots__ = ("until",)

    def __init__(self) -> None:
        self.until = 0

    def wait(self, now: int) -> int:
        """Whole seconds still to wait, 0 when free."""
        return _whole_seconds(self.until - now) if now < self.until else 0

    def begin(self, now: int, micros: int) -> int:
        """Pause for `micros`, rounded up to whole seconds, which are returned."""
        seconds = _whole_seconds(micros)
        self.until = now + seconds * SECOND
        return seconds


class WindowLimit:
    """At most `most` messages in any sliding `span` (microseconds); `worst` is how many there ever were."""

    def __init__(self, most: int, span: int) -> None:
        self.pause = FloodPause()
        self._most, self._span = most, span
        self.worst = 0
        self._window: deque[int] = deque()

    def wait(self, now: int) -> int:
        """Whole seconds the caller must wait before it may send, 0 when it may now."""
        if seconds := self.pause.wait(now):
            return seconds
        window = self._window
        while window and window[0] <= now - self._span:
            window.popleft()
        if len(window) < self._most:
            return 0
        return self.pause.begin(now, window[0] + self._span - now)

    def spend(self, now: int) -> None:
        """Count one message at `now`."""
        self._window.append(now)
        self.worst = max(self.worst, len(self._window))


class BotLimit(WindowLimit):
    """At most 30 messages and edits in any sliding second of one bot."""

    def __init__(self) -> None:
        super().__init__(BOT_MESSAGES_A_SECOND, SECOND)


class GroupLimit(WindowLimit):
    """At most 20 messages of one bot in any sliding minute of one group."""

    def __init__(self) -> None:
        super().__init__(GROUP_MESSAGES_A_MINUTE, MINUTE)


class ChatLimit:
    """One message a second on average with a burst of five: the generic cell rate algorithm."""

    __slots__ = ("_arrival", "pause")

    def __init__(self) -> None:
        self.pause = FloodPause()
        self._arrival = 0

    def wait(self, now: int) -> int:
        """Whole seconds the caller must wait before it may send, 0 when it may now."""
        if seconds := self.pause.wait(now):
            return seconds
        early = self._arrival - (CHAT_BURST - 1) * SECOND - now
        return self.pause.begin(now, early) if early > 0 else 0

    def spend(self, now: int) -> None:
        """Count one message at `now`."""
        self._arrival = max(self._arrival, now) + SECOND
