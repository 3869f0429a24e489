"""Opening a round: requests, who is asked, prompts owed; SQLite."""

import time

from bench.town import OPENING, town
from services.rounds import open_rounds

HOUSEHOLDS = 2000


def main() -> None:
    """One grid with many households, one tick; and a tick when nothing is due."""
    with town(HOUSEHOLDS) as database:
        start = time.perf_counter()
        counts = database.apply(open_rounds, OPENING)
        wall = time.perf_counter() - start
        start = time.perf_counter()
        database.apply(open_rounds, OPENING)
        idle = time.perf_counter() - start
    print(
        f"opening: {counts['requests']} households, {counts['prompts']} prompts in {wall:.2f} s; "
        f"a tick when nothing is due {idle * 1000:.1f} ms"
    )
