"""Four slots in a row that most of a town does not answer: what closing them costs, and what of it counting streaks."""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bench.town import OPENING, town
from models import Escalation, ReportRequest
from models.db import Database
from rules.rounds import RequestStatus
from services import raising
from services.closing import close_rounds
from services.rounds import open_rounds
from services.silence import Silence, with_streaks

SLOTS = (0, 10, 24, 34)
"""Hours after the first at which they open."""
SILENT, LAST = 80, 20
"""Households of a hundred that miss the first slots, and the last."""


class _Watch:
    """Seconds of a processor that went into something."""

    def __init__(self) -> None:
        self.spent = 0.0

    def with_streaks(self, session: Session, silences: Iterable[Silence]) -> list[Silence]:
        """Counts as the house does, with the clock running."""
        begun = time.process_time()
        found = with_streaks(session, silences)
        self.spent += time.process_time() - begun
        return found


def main(arguments: Sequence[str] = ()) -> None:
    """A line a slot, on SQLite."""
    parser = argparse.ArgumentParser(prog="python -m bench silent")
    parser.add_argument("--households", type=int, default=20_000)
    chosen = parser.parse_args(arguments)
    watch = _Watch()
    raising.with_streaks = watch.with_streaks  # type: ignore[attr-defined]
    with town(chosen.households, members=1) as database:
        for number, hours in enumerate(SLOTS, 1):
            watch.spent = 0.0
            silent = LAST if number == len(SLOTS) else SILENT
            missed, spent = _slot(database, OPENING + timedelta(hours=hours), silent)
            kinds = database.apply(_kinds)
            print(
                f"slot {number}: {missed} missed, closed in {spent:.2f} s of a processor, "
                f"{watch.spent:.2f} s of it for streaks; open: {kinds}"
            )


def _slot(database: Database, opens: datetime, silent: int) -> tuple[int, float]:
    while database.apply(open_rounds, opens)["left"]:
        pass
    database.apply(_answer, opens + timedelta(minutes=5), silent)
    begun, missed, left = time.process_time(), 0, 1
    while left:
        counts = database.apply(close_rounds, opens + timedelta(hours=4, minutes=2))
        missed, left = missed + counts["missed"], counts["left"]
    return missed, time.process_time() - begun


def _answer(session: Session, now: datetime, silent: int) -> None:
    """Everybody was asked, and some answer."""
    due = update(ReportRequest).where(ReportRequest.status == RequestStatus.DUE)
    session.execute(due.values(asked_at=now))
    session.execute(
        due.where(ReportRequest.household_id % 100 >= silent).values(status=RequestStatus.REPORTED, answered_at=now)
    )


def _kinds(session: Session) -> str:
    found = Counter(one.value for one in session.scalars(select(Escalation.kind).where(Escalation.closed_at.is_(None))))
    return ", ".join(f"{count} {kind}" for kind, count in sorted(found.items()))
