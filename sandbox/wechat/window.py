"""How often an account may write to one person: 5 times in 48 hours after a message, 3 in a minute after a click."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.clock import SECOND

SAID_LASTS, SAID_PUSHES = 48 * 3600 * SECOND, 5
TOUCH_LASTS, TOUCH_PUSHES = 60 * SECOND, 3


@dataclass(slots=True)
class Window:
    """Instants are microseconds by the sandbox clock; None: never."""

    said_at: int | None = None
    after_said: int = 0
    touched_at: int | None = None
    after_touch: int = 0

    def says(self, now: int) -> None:
        """The person wrote."""
        self.said_at, self.after_said = now, 0

    def touches(self, now: int) -> None:
        """The person clicked the menu, scanned a code, or began to follow."""
        self.touched_at, self.after_touch = now, 0

    def push(self, now: int) -> int:
        """Counts one push; 0, or the errcode of its refusal."""
        if self._touch_left(now):
            self.after_touch += 1
            return 0
        if self._said_left(now):
            self.after_said += 1
            return 0
        return 45015 if self.until(now) is None else 45047

    def left(self, now: int) -> int:
        """How many pushes would be taken now."""
        return (self._touch_left(now) or 0) + (self._said_left(now) or 0)

    def until(self, now: int) -> int | None:
        """When it shuts by itself, however much of it is left; None when it is shut."""
        if self.said_at is not None and self._said_left(now) is not None:
            return self.said_at + SAID_LASTS
        if self.touched_at is not None and self._touch_left(now) is not None:
            return self.touched_at + TOUCH_LASTS
        return None

    def _said_left(self, now: int) -> int | None:
        open_now = self.said_at is not None and now - self.said_at < SAID_LASTS
        return SAID_PUSHES - self.after_said if open_now else None

    def _touch_left(self, now: int) -> int | None:
        open_now = self.touched_at is not None and now - self.touched_at < TOUCH_LASTS
        return TOUCH_PUSHES - self.after_touch if open_now else None
