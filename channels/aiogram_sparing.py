"""aiogram loaded without its types built: that took five of the seven seconds of CPU of a start.

Its types name each other, so it has pydantic build all of them, one by one, while it is imported. Here each is built
when it is used first, with the same names to look up. To be imported before anything of aiogram.
"""

import sys
from typing import Any

from pydantic import BaseModel


def _load() -> None:
    if "aiogram" in sys.modules:  # built already, by somebody else
        return
    build = BaseModel.__dict__["model_rebuild"]
    names: dict[str, Any] = {}

    def note(_model: type[BaseModel], /, *, _types_namespace: dict[str, Any] | None = None, **_: Any) -> None:
        names.update(_types_namespace or {})

    def build_with_names(model: type[BaseModel], /, **how: Any) -> bool | None:
        how["_types_namespace"] = how.get("_types_namespace") or names
        done: bool | None = build.__func__(model, **how)
        return done

    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment, method-assign]
    try:
        from aiogram.methods import Response, TelegramMethod
        from aiogram.types import Message, TelegramObject
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]
    for kind in (TelegramObject, TelegramMethod, Response):
        kind.model_rebuild = classmethod(build_with_names)  # type: ignore[assignment, method-assign]
    Message.model_rebuild()  # what every answer to a picture or an edit is read into; no alert waits for it then


_load()
