"""A small simulated city: its figures are what its people did, a broken promise is found; on both databases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from bot.cli import cli
from bot.simulate.city import Plan
from bot.simulate.figures import figures
from bot.simulate.habits import Habits
from bot.simulate.play import Play, Played
from bot.simulate.promises import check
from models import Asked, Escalation, EscalationEvent, OutboxMessage, ReportRequest, TemperatureReading
from models.db import Database
from rules.escalation import State
from rules.rounds import RequestStatus
from tests.harness import DAY

BUSY = Habits(falls_ill=0.08, blocks=0.2, slips=0.1, parts=0.2, mends=0.1, redelivered=0.1, uncertain=0.02, failed=0.02)
"""So few people have to do in a day what a city does in a fortnight."""
PLAN = Plan(24, DAY, bots=("east", "west"), per_grid=10, unjoined=0.1, days=1, seed=3)


async def _play(database: Database, plan: Plan = PLAN) -> Played:
    def nobody_looks(_moment: datetime) -> None:
        """No progress is shown."""

    return await Play(database, plan, BUSY, timedelta(seconds=60), 30).play(nobody_looks)


def _broken(session: Session, played: Played) -> set[str]:
    return {one.name for one in check(session, played.crowd.ledger) if one.broken}


async def test_the_figures_are_what_the_people_did_and_whatever_is_broken_is_found(database: Database) -> None:
    played = await _play(database)

    with database.transaction() as session:
        assert [one for one in check(session, played.crowd.ledger) if one.broken] == []
        report = figures(session, played)
    known = Counter(status for _, status in played.crowd.ledger.outcomes())
    for status in (RequestStatus.REPORTED, RequestStatus.LATE, RequestStatus.MISSED, RequestStatus.UNREACHABLE):
        assert report["rounds"][status.value] == known[status] > 0
    assert report["rounds"]["slots"] == 24 * 2
    assert report["readings"]["stored"] == played.crowd.ledger.said.total()
    alarms = report["alarms"]
    assert alarms["abnormal"]["seconds_to_alert"]["p50"] < 2
    assert all(alarms[kind]["taken"] > 0 for kind in ("abnormal", "missed", "unreachable"))

    for damage, promise in DAMAGES:
        with database.transaction() as session:
            damage(session)
            assert promise in _broken(session, played)
            session.rollback()


def _a_question_never_left(session: Session) -> None:
    answered = select(ReportRequest.id).where(ReportRequest.status == RequestStatus.REPORTED).limit(1)
    about = f"request:{session.scalar(answered)}"
    session.execute(delete(OutboxMessage).where(OutboxMessage.about == about))


def _somebody_is_not_on_the_list(session: Session) -> None:
    one = session.scalars(select(Asked).limit(1)).one()
    session.delete(one)
    session.flush()


def _nobody_took_an_alarm(session: Session) -> None:
    number = session.scalar(select(Escalation.id).limit(1))
    session.execute(delete(EscalationEvent).where(EscalationEvent.escalation_id == number))
    session.execute(update(Escalation).where(Escalation.id == number).values(state=State.OPEN, closed_at=None))


def _an_answer_is_lost(session: Session) -> None:
    number = session.scalar(select(func.max(TemperatureReading.id)).where(TemperatureReading.superseded_by.is_(None)))
    mends = update(TemperatureReading).where(TemperatureReading.superseded_by == number)
    session.execute(mends.values(superseded_by=None))
    session.execute(delete(TemperatureReading).where(TemperatureReading.id == number))


def _a_slot_ended_otherwise(session: Session) -> None:
    missed = select(ReportRequest.id).where(ReportRequest.status == RequestStatus.MISSED).limit(1)
    session.execute(
        update(ReportRequest).where(ReportRequest.id == session.scalar(missed)).values(status=RequestStatus.REPORTED)
    )


DAMAGES: tuple[tuple[Callable[[Session], None], str], ...] = (
    (_a_question_never_left, "nobody unasked"),
    (_somebody_is_not_on_the_list, "nobody unasked"),
    (_nobody_took_an_alarm, "nobody forgotten"),
    (_an_answer_is_lost, "every answer stored, and no other"),
    (_a_slot_ended_otherwise, "every slot ended as its household knows it"),
)


def _simulate(path: Path, *options: str) -> tuple[int, Any]:
    words = ["simulate", "--households", "4", "--days", "1", "--database", f"sqlite:///{path}", "--json", *options]
    done = CliRunner().invoke(cli, words)
    return done.exit_code, json.loads(done.stdout) if done.stdout else done.stderr


def test_a_seed_gives_one_report_and_a_used_database_is_refused(tmp_path: Path) -> None:
    code, first = _simulate(tmp_path / "first.db", "--seed", "5")
    assert code == 0
    _, again = _simulate(tmp_path / "again.db", "--seed", "5")
    _, other = _simulate(tmp_path / "other.db", "--seed", "6")
    for report in (first, again, other):
        assert report.pop("costs")["cpu"] > 0
    assert first == again
    assert first != other

    code, said = _simulate(tmp_path / "first.db")
    assert code == 1
    assert "records in it already" in said


@pytest.mark.parametrize("wrong", [("--households", "0"), ("--step", "0"), ("--database", "mysql://x")])
def test_wrong_options_are_named(wrong: tuple[str, str]) -> None:
    done = CliRunner().invoke(cli, ["simulate", *wrong])
    assert done.exit_code in {1, 2}
    assert wrong[0] in done.stderr
