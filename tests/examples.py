"""How many examples a long property test plays: few in the gate, half on the second database, many on request."""

import os

from tests.conftest import SERVER


def examples(few: int, many: int) -> int:
    """`many` with GRIDBOT_TEST_PROFILE=long."""
    if os.environ.get("GRIDBOT_TEST_PROFILE") == "long":
        return many
    return max(1, few // 2) if SERVER else few
