"""Reading the requests of the control API."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from sandbox.errors import ControlError

LONGEST_WAIT = 60.0


async def read_json(request: web.Request) -> Any:
    """The JSON body, None for an empty one. Raises ControlError for broken JSON."""
    if not request.can_read_body:
        return None
    try:
        return await request.json()
    except ValueError:
        raise ControlError("the body is not JSON") from None


async def read_object(request: web.Request) -> dict[str, Any]:
    """The JSON object in the body, empty without a body. Raises ControlError for anything else."""
    body = await read_json(request)
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    return body


def text(body: dict[str, Any], name: str, default: str | None = None) -> str:
    """A string of the body. Raises ControlError when it is missing without a default, or no string."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise ControlError(f"{name} is missing" if value is None else f"wrong {name}: {value!r}")
    return value


def number(value: Any, name: str) -> int:
    """A whole number. Raises ControlError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ControlError(f"{name} is missing" if value is None else f"wrong {name}: {value!r}")
    return value


def measure(value: Any, name: str) -> float:
    """A number, whole or not. Raises ControlError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ControlError(f"{name} is missing" if value is None else f"wrong {name}: {value!r}")
    return float(value)


def part(body: dict[str, Any], name: str) -> dict[str, Any] | None:
    """An object inside the body; None when there is none. Raises ControlError for anything else."""
    value = body.get(name)
    if value is not None and not isinstance(value, dict):
        raise ControlError(f"wrong {name}: {value!r}")
    return value


def query_number(request: web.Request, name: str, default: int = 0) -> int:
    """A whole number of the query string. Raises ControlError for anything else."""
    value = request.query.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ControlError(f"wrong {name}: {value!r}") from None


def query_seconds(request: web.Request, name: str = "wait") -> float:
    """Real seconds of the query string, 0 to 60. Raises ControlError for anything else."""
    value = request.query.get(name, "0")
    try:
        return min(max(float(value), 0.0), LONGEST_WAIT)
    except ValueError:
        raise ControlError(f"wrong {name}: {value!r}") from None


def path_number(request: web.Request, name: str = "id") -> int:
    """The whole number in the path."""
    return int(request.match_info[name])
