"""The hours of a shift, as people say them."""

from datetime import time

from services.words import Words


def hours_in(shift: tuple[time, time], words: Words) -> str:
    """From when to when, local: 08:00–20:00, 20:00–次日08:00."""
    starts, ends = shift
    key = "duty-hours" if ends > starts else "duty-hours-over-midnight"
    return words.text(key, {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"})
