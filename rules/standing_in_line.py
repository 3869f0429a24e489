"""Whose messages a bot is given next, when several notices have copies standing in line."""

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
