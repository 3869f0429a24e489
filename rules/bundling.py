"""When several notices that wait for one person become one message."""

from collections.abc import Sequence

FEWEST = 3
"""So many of them at least: two are two messages."""
LONGEST = 3500
"""Characters of all texts together: every one of them is whole, and a messenger takes them as one message."""
LOOKS_BACK = 20
"""How many of the newest notices are looked at: whoever sends more at one time is not heard anyway."""


def belong_together(lengths: Sequence[int]) -> bool:
    """Whether waiting notices with texts of so many characters are told in one message."""
    return len(lengths) >= FEWEST and sum(lengths) <= LONGEST
