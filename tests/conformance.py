"""Requests held against the published Bot API: the method, its parameters, their types and the lengths it states.

The publication (`bot-api.json`) is no part of the project: it is looked for at `GRIDBOT_BOT_API_SPEC`, else beside the
project. Without it nothing is checked.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.parameters import Parameters

PLACE = Path(
    os.environ.get("GRIDBOT_BOT_API_SPEC")
    or Path(__file__).resolve().parents[2] / "shared" / "telegram" / "bot-api.json"
)
_LENGTH = re.compile(r"\b(\d+)-(\d+) (characters|bytes)")


class Publication:
    """The methods and types of the Bot API."""

    def __init__(self, published: Mapping[str, Any]) -> None:
        self._methods = {name.lower(): method for name, method in published["methods"].items()}
        self._types = published["types"]

    def faults(self, method: str, parameters: Parameters) -> list[str]:
        """What a request does that the publication does not allow; empty when it conforms."""
        known = self._methods.get(method.lower())
        if known is None:
            return [f"{method}: no such method"]
        # A file may be attached under any name, when a parameter says attach://name ("Sending files").
        attached = {name for name in parameters.uploads if f"attach://{name}" in parameters.values.values()}
        uploads = dict.fromkeys(parameters.uploads.keys() - attached, parameters)
        values = {**parameters.values, **uploads}
        return [f"{known['name']}: {one}" for one in self._object(known.get("fields", []), values)]

    def _object(self, fields: list[Mapping[str, Any]], values: Mapping[str, Any]) -> list[str]:
        published = {field["name"]: field for field in fields}
        found = [f"{name} is no parameter" for name in values if name not in published]
        found += [f"{name} is missing" for name, one in published.items() if one["required"] and name not in values]
        for name, value in values.items():
            if name not in published or isinstance(value, Parameters):
                continue
            field = published[name]
            tried = [self._value(kind, value) for kind in field["types"]]
            found += [] if [] in tried else [f"{name}: {one}" for one in tried[0]]
            found += [f"{name}: {one}" for one in _lengths(field["description"], value)]
        return found

    def _value(self, kind: str, value: Any) -> list[str]:
        """What is wrong with a value of a kind; a form carries everything as a string."""
        if kind.startswith("Array of "):
            listed = _decoded(value)
            if not isinstance(listed, list):
                return [f"{value!r} is no list"]
            return [one for item in listed for one in self._value(kind.removeprefix("Array of "), item)]
        if kind in {"Integer", "Float"}:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return [] if number or re.fullmatch(r"-?\d+(\.\d+)?", str(value)) else [f"{value!r} is no number"]
        if kind == "Boolean":
            return [] if value is True or value is False or value in {"true", "false"} else [f"{value!r} is no boolean"]
        if kind in {"String", "InputFile"}:
            return [] if isinstance(value, str) else [f"{value!r} is no string"]
        return self._structure(kind, _decoded(value))

    def _structure(self, kind: str, value: Any) -> list[str]:
        published = self._types.get(kind)
        if published is None:
            return [f"the type {kind} is not published"]
        if not isinstance(value, dict):
            return [f"{value!r} is no {kind}"]
        children = published.get("subtypes") or ()
        if children:
            tried = [self._structure(child, value) for child in children]
            return [] if [] in tried else [f"{value!r} is no {kind}"]
        return self._object(published.get("fields", []), value)


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _lengths(description: str, value: Any) -> list[str]:
    """The stated length, where it is one of the value itself and not of what is left of it after parsing."""
    stated = _LENGTH.search(description)
    if stated is None or not isinstance(value, str) or "after entities parsing" in description:
        return []
    size = len(value.encode()) if stated[3] == "bytes" else len(value)
    fits = int(stated[1]) <= size <= int(stated[2])
    return [] if fits else [f"{size} {stated[3]}, not {stated[1]} to {stated[2]}"]


@cache
def publication() -> Publication | None:
    """The publication, when it is there."""
    return Publication(json.loads(PLACE.read_text(encoding="utf-8"))) if PLACE.is_file() else None


class Checker:
    """Collects what does not conform, and which methods were looked at."""

    def __init__(self, published: Publication) -> None:
        self._published = published
        self.faults: list[str] = []
        self.seen: set[str] = set()

    def __call__(self, method: str, parameters: Parameters) -> None:
        self.seen.add(method.lower())
        self.faults += self._published.faults(method, parameters)
