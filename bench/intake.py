"""Durable answers a second: update in, three readings committed with fsync, answer in the outbox; SQLite."""

import time

from bench.town import BOT, OPENING, town
from bot.intake import take_in
from channels.port import Address, Incoming, Text
from services.rounds import open_rounds

HOUSEHOLDS, BATCH = 500, 50


def main() -> None:
    """One family's line of three temperatures from every household, in batches as getUpdates hands them over."""
    with town(HOUSEHOLDS) as database:
        database.apply(open_rounds, OPENING)
        updates = [
            Incoming(str(number), Address(BOT, str(number)), Text("36.5 36.6 36.7"), OPENING)
            for number in range(HOUSEHOLDS)
        ]
        start, cpu = time.perf_counter(), time.process_time()
        for at in range(0, HOUSEHOLDS, BATCH):
            database.apply(take_in, OPENING, updates[at : at + BATCH])
        wall, used = time.perf_counter() - start, time.process_time() - cpu
    print(
        f"intake: {HOUSEHOLDS} answers of 3 readings in batches of {BATCH}: {HOUSEHOLDS / wall:.0f} answers/s, "
        f"{used / HOUSEHOLDS * 1000:.2f} ms CPU an answer"
    )
