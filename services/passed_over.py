"""Who was passed over, as a digest names them: whoever joins it brings theirs along."""

from collections.abc import Mapping, Sequence
from typing import Any

from models import OutboxMessage


def join_digest(digest: OutboxMessage, args: Mapping[str, Any]) -> None:
    """Whoever was passed over for any of its alarms is named in a digest, whichever alarm came first."""
    passed = with_passed(digest.args["passed"], args["passed"])
    if passed != digest.args["passed"]:
        digest.args = {**digest.args, "passed": passed}


def with_passed(one: Sequence[Sequence[Any]], other: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Who was passed over for either of two alarms, each once for a reason."""
    return [list(person) for person in dict.fromkeys((*map(tuple, one), *map(tuple, other)))]
