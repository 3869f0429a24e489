"""The methods of the Bot API, by name."""

from __future__ import annotations

from sandbox.methods import answering, editing, polling, profile, reading, sending, webhooks
from sandbox.methods.call import Call, Method

_MODULES = (answering, editing, polling, profile, reading, sending, webhooks)

METHODS: dict[str, Method] = {
    name.lower(): Method(name, run) for module in _MODULES for name, run in module.METHODS.items()
}
"""Lower-case name → method: names are not case-sensitive."""

__all__ = ["METHODS", "Call", "Method"]
