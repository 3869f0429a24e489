"""Faults armed for coming calls: errors, HTML pages, lost connections, delays, answers that never come."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from sandbox.errors import ControlError, UnknownError

Kind = Literal["status", "html", "drop", "delay", "timeout", "code"]


@dataclass(slots=True)
class Fault:
    """One armed fault; `times` counts down to removal, 0 stays. `seconds` are real ones, `code` is an errcode."""

    id: int
    kind: Kind
    bot: str | None = None
    method: str = "*"
    phone: int | None = None
    times: int = 1
    status: int = 502
    code: int = -1
    description: str | None = None
    retry_after: int | None = None
    seconds: float = 60.0

    def matches(self, bot: str, method: str, phone: int | None) -> bool:
        """Whether a call of `bot` (a username) to `method` about `phone` is meant."""
        return (
            (self.bot is None or self.bot == bot)
            and (self.phone is None or self.phone == phone)
            and fnmatchcase(method.lower(), self.method.lower())
        )


class Faults:
    """The armed faults, first armed first served."""

    def __init__(self) -> None:
        self._armed: dict[int, Fault] = {}
        self._last_id = 0

    def arm(self, kind: str, **details: Any) -> Fault:
        """Arm a fault (the fields of `Fault`). Raises ControlError for a kind or a detail that does not exist."""
        if kind not in get_args(Kind):
            raise ControlError(f"kind must be one of {', '.join(get_args(Kind))}")
        if "status" not in details and kind == "status":
            raise ControlError("a status fault needs a status")
        try:
            fault = Fault(self._last_id + 1, kind, **details)  # type: ignore[arg-type]
        except TypeError as error:
            raise ControlError(f"wrong fault: {error}") from None
        _check(fault)
        self._last_id = fault.id
        self._armed[fault.id] = fault
        return fault

    def take(self, bot: str, method: str, phone: int | None) -> Fault | None:
        """The fault this call meets, if any; uses it up once."""
        for fault in self._armed.values():
            if fault.matches(bot, method, phone):
                if fault.times == 1:
                    del self._armed[fault.id]
                elif fault.times > 1:
                    fault.times -= 1
                return fault
        return None

    def all(self) -> list[dict[str, Any]]:
        """The armed faults as plain data."""
        return [asdict(fault) for fault in self._armed.values()]

    def clear(self) -> None:
        """Remove all."""
        self._armed.clear()

    def remove(self, fault_id: int) -> None:
        """Remove one. Raises UnknownError when it is not armed (any more)."""
        if self._armed.pop(fault_id, None) is None:
            raise UnknownError(f"no fault {fault_id}")


def _check(fault: Fault) -> None:
    wanted: tuple[tuple[str, object, type | tuple[type, ...]], ...] = (
        ("bot", fault.bot, (str, type(None))),
        ("method", fault.method, str),
        ("phone", fault.phone, (int, type(None))),
        ("times", fault.times, int),
        ("status", fault.status, int),
        ("code", fault.code, int),
        ("description", fault.description, (str, type(None))),
        ("retry_after", fault.retry_after, (int, type(None))),
        ("seconds", fault.seconds, (int, float)),
    )
    for name, value, kind in wanted:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ControlError(f"wrong {name}: {value!r}")
    if fault.times < 0 or fault.seconds < 0 or not 400 <= fault.status <= 599:
        raise ControlError("times and seconds must be 0 or more, status 400 to 599")
