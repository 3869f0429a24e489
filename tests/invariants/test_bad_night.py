"""A small bad night: every fever in somebody's hands in time, nobody woken in vain; and whatever is broken is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.cli import cli
from bot.simulate.night import SILENT, Night, fall, plan_of_a_night
from bot.simulate.night_promises import check_night, fevers
from bot.simulate.play import Play
from models import EscalationEvent, OutboxMessage, TemperatureReading
from models.db import Database
from models.vault import Vault
from rules.escalation import Event
from rules.mail import MailState
from rules.policy import Policy
from tests.harness import DAY, local


def _nobody_looks(_moment: datetime) -> None:
    """No progress is shown."""


@pytest.fixture
def database(new_database: Callable[[], str]) -> Iterator[Database]:
    made = Database(new_database(), Vault(b"a key for the tests"), Policy())
    yield made
    made.close()


async def _play(database: Database) -> Night:
    plan = plan_of_a_night(30, DAY, seed=3)
    play = Play(database, plan, SILENT, timedelta(seconds=60), 30)
    night = fall(database, plan, play.crowd, 6)
    await play.play_until(night.over_at, _nobody_looks)
    return night


def _broken(session: Session, night: Night) -> set[str]:
    return {one.name for one in check_night(session, night) if one.broken}


async def test_every_fever_finds_a_human_and_whatever_is_broken_is_found(database: Database) -> None:
    night = await _play(database)

    assert len(night.off) == 6  # half of six workers and of six heads, each off in a way of their own
    with database.transaction() as session:
        assert [one for one in check_night(session, night) if one.broken] == []
        found = fevers(session, night)
    assert len(found) == 6
    assert all(one.to_hands is not None and one.hands_by >= one.phone_by for one in found)

    for damage, promise in DAMAGES:
        with database.transaction() as session:
            damage(session)
            assert any(promise in name for name in _broken(session, night))
            session.rollback()


def _a_fever_was_never_taken(session: Session) -> None:
    _forget(session, Event.TAKEN)


def _a_fever_was_told_to_nobody(session: Session) -> None:
    _forget(session, Event.TOLD)


def _forget(session: Session, event: Event) -> None:
    fevers_told = select(TemperatureReading.escalation_id).where(TemperatureReading.celsius >= 37.3)
    fever = session.scalars(fevers_told.order_by(TemperatureReading.id)).first()
    these = (EscalationEvent.escalation_id == fever) & (EscalationEvent.event == event)
    session.execute(delete(EscalationEvent).where(these))


def _a_list_was_sent_at_night(session: Session) -> None:
    lists = (OutboxMessage.template == "digest") & (OutboxMessage.state == MailState.SENT)
    session.execute(update(OutboxMessage).where(lists).values(sent_at=local(DAY, "23:10")))


def _a_message_was_given_up(session: Session) -> None:
    number = session.scalar(
        select(OutboxMessage.id).where(OutboxMessage.template == "alert").order_by(OutboxMessage.id).limit(1)
    )
    session.execute(update(OutboxMessage).where(OutboxMessage.id == number).values(state=MailState.DEAD))


def _everything_came_at_once(session: Session) -> None:
    """Thirty lists to one of the staff at nine in the morning."""
    one = session.scalars(
        select(OutboxMessage).where(OutboxMessage.template == "digest").order_by(OutboxMessage.id)
    ).first()
    assert one
    for _ in range(30):
        session.add(
            OutboxMessage(
                bot=one.bot,
                account_id=one.account_id,
                priority=one.priority,
                template="digest",
                about=one.about,
                state=MailState.SENT,
                due_at=one.due_at,
                created_at=one.created_at,
                sent_at=local(DAY + timedelta(days=1), "09:00"),
            )
        )
    session.flush()


DAMAGES: tuple[tuple[Callable[[Session], None], str], ...] = (
    (_a_fever_was_never_taken, "reachable hands"),
    (_a_fever_was_told_to_nobody, "told to somebody"),
    (_a_list_was_sent_at_night, "rung at night"),
    (_a_message_was_given_up, "nothing lost"),
    (_everything_came_at_once, "within an hour"),
)


def test_the_command_plays_it_and_says_so(tmp_path: Path) -> None:
    words = ["simulate", "--scenario", "bad-night", "--households", "10", "--fevers", "2", "--json"]
    done = CliRunner().invoke(cli, [*words, "--database", f"sqlite:///{tmp_path}/night.db"])
    report = json.loads(done.stdout)
    assert done.exit_code == 0
    assert report["night"]["fevers"] == 2
    assert sum(report["night"]["off"].values()) == 2
    assert [one["broken"] for one in report["promises"]] == [0] * len(report["promises"])
