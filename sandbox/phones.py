"""A person's phone: who holds it and how the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.errors import ControlError

DRIVERS = ("auto", "visitor")
FIRST_ID = 5_000_001
FIELDS: dict[str, type] = {"name": str, "note": str, "role": str, "language": str, "driver": str, "show": bool}


@dataclass(slots=True, eq=False)
class Phone:
    """One phone; its id is the user's and the private chat's. `note`, `role`, `driver` and `show` are for the page."""

    id: int
    name: str
    note: str = ""
    role: str = ""
    language: str = "zh"
    driver: str = "visitor"
    show: bool = True
    deactivated: bool = False

    def change(self, fields: dict[str, Any]) -> None:
        """Set any of name, note, role, language, driver, show; all or nothing. Raises ControlError for a wrong one."""
        for name, value in fields.items():
            _check(name, value)
        for name, value in fields.items():
            setattr(self, name, value)

    def user(self) -> dict[str, Any]:
        """The User of the Bot API."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def chat(self) -> dict[str, Any]:
        """The private Chat of the Bot API."""
        return {"id": self.id, "type": "private", "first_name": self.name}

    def as_json(self) -> dict[str, Any]:
        """The phone of the control API, without its chats."""
        return {
            "id": self.id,
            **{name: getattr(self, name) for name in FIELDS},
            "deactivated": self.deactivated,
        }


def _check(name: str, value: Any) -> None:
    if name not in FIELDS:
        raise ControlError(f"a phone has no {name!r}")
    if not isinstance(value, FIELDS[name]):
        raise ControlError(f"wrong {name}: {value!r}")
    if name == "name" and not value:
        raise ControlError("a phone needs a name")
    if name == "driver" and value not in DRIVERS:
        raise ControlError(f"driver must be one of {', '.join(DRIVERS)}")
