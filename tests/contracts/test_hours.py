"""So many alarms that can wait are told a person in any hour, the rest in one message, none lost; on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.simulate.city import Plan, build
from models import Account, Appointment, Escalation, OutboxMessage, ReportRequest
from models.db import Database
from models.vault import Vault
from rules.mail import MailState
from rules.policy import Policy
from rules.roles import Role
from services.closing import close_rounds
from services.hours import GATHERED, tell_in_time
from services.rounds import open_rounds
from tests.contracts.counting import counted
from tests.harness import DAY, local

MOST = 4
MORNING = local(DAY, "08:00")


def _house(database: Database) -> Database:
    """A city whose people are told four an hour."""
    return Database(
        database.engine.url.render_as_string(hide_password=False),
        Vault(b"a key for the tests"),
        Policy(alarms_an_hour=MOST),
    )


def _worker(session: Session) -> Account:
    held = select(Appointment.person_id).where(Appointment.role == Role.GRID_WORKER)
    return session.scalars(select(Account).where(Account.person_id.in_(held)).order_by(Account.id)).all()[0]


def _delivered(session: Session, now: datetime) -> None:
    due = select(OutboxMessage).where(OutboxMessage.state == MailState.PENDING, OutboxMessage.due_at <= now)
    for one in session.scalars(due):
        one.state, one.sent_at = MailState.SENT, now


def test_no_hour_of_a_person_holds_more_and_everything_is_told_within_one(database: Database) -> None:
    build(database, Plan(4, DAY, per_grid=4, unjoined=0))
    house, random, now = _house(database), Random(7), MORNING
    told: dict[str, datetime] = {}
    for number in range(120):
        now += timedelta(minutes=random.choice([0, 0, 0, 1, 7, 40]))
        due_at = house.apply(
            lambda session, now=now, about=f"escalation:{number}": tell_in_time(  # type: ignore[misc]
                session, now, _worker(session), "alert", about=about, due_at=now
            )
        )
        assert due_at - now <= timedelta(hours=1)
        told[f"escalation:{number}"] = due_at
        if random.random() < 0.5:  # else the messenger is away for a while
            house.apply(_delivered, now)
    house.apply(_delivered, now + timedelta(hours=2))
    with house.transaction() as session:
        sent = session.scalars(select(OutboxMessage).where(OutboxMessage.counted)).all()
        at = [one.sent_at for one in sent if one.sent_at]
        abouts = [one.about for one in sent if one.template != GATHERED]
        abouts += [about for one in sent if one.template == GATHERED for _, about in one.args["told"]]
    for end in at:
        assert sum(end - timedelta(hours=1) < one <= end for one in at) <= MOST
    assert sorted(map(str, abouts)) == sorted(told)
    house.close()


def test_a_city_persons_grids_are_told_in_a_few_messages_and_the_chain_waits_until_then(database: Database) -> None:
    """A worker of ten grids: at noon all of them are silent."""
    build(database, Plan(40, DAY, per_grid=4, unjoined=0))
    house = _house(database)
    house.apply(_one_worker_for_all)
    while any(house.apply(open_rounds, MORNING).values()):
        pass
    house.apply(lambda session: session.execute(update(ReportRequest).values(asked_at=MORNING)))
    noon = MORNING + timedelta(hours=4)
    with counted(house) as asked:
        house.apply(close_rounds, noon)
    with house.transaction() as session:
        mail = session.scalars(select(OutboxMessage).where(OutboxMessage.counted).order_by(OutboxMessage.id)).all()
        assert Counter(one.template for one in mail) == {"digest": MOST - 1, GATHERED: 1}
        assert len(mail[-1].args["told"]) == 10 - (MOST - 1)
        starts = {one.next_at - timedelta(hours=1) for one in session.scalars(select(Escalation)) if one.next_at}
        assert starts == {noon, mail[-1].due_at}
    assert len(asked) < 40
    house.close()


def _one_worker_for_all(session: Session) -> None:
    workers = session.scalars(select(Appointment).where(Appointment.role == Role.GRID_WORKER)).all()
    for one in workers:
        one.person_id = workers[0].person_id
