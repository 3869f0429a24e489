"""Whose messages a bot is given next, when several notices have copies standing in line."""

from collections.abc import Mapping

AHEAD = 3000
"""Messages of notices that a bot has before it at most, a part more or less: what comes after waits behind so many,
however many stand in line, and the fastest bot does not run out of them between two looks.
"""


def next_turn(last_of_its_own: int | None, first_in_line: int | None) -> int:
    """The turn of a notice's next part at a bot: after its own last one, and never before what is being served.

    So notices go out side by side, and ten doors do not wait behind a city: start-time fair queueing (Goyal, Vin and
    Cheng, SIGCOMM 1996), with a part as the unit. None: it has none standing in line, or nobody has.
    """
    return max((last_of_its_own or 0) + 1, first_in_line or 1)


def fell_back(first_turns: Mapping[int, int]) -> dict[int, int]:
    """How many turns on each notice is put that has fallen back behind the others, by its first turn in the line.

    Of those that go out side by side the first turns are one apart at most. One that was held up, or waited for the
    morning, has kept turns of long ago, and so has whoever came after it: they go on beside the others, and nobody
    waits until they have caught up.
    """
    foremost = max(first_turns.values(), default=0)
    return {notice: foremost - turn for notice, turn in first_turns.items() if turn < foremost - 1}
