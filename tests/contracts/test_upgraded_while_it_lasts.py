"""A house that is upgraded while nobody is on duty and messages do not arrive: an alarm each, told to nobody twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, select
from sqlalchemy.orm import Session

from models import DeliveryTrouble, DutyGap, Escalation
from models.db import Database, engine_url, make_engine
from models.migrate import differences, upgrade
from models.vault import Vault
from rules.escalation import Kind, State
from rules.policy import Policy
from services.changes import bring_up_to_date
from services.duty_gaps import watch
from services.mentions import spoken_of
from tests.contracts.versions import go_down, go_up
from tests.harness import DAY, local

NOON = local(DAY, "12:00").astimezone(UTC)
LINE = (("city", 1), ("community", 2), ("grid", 3), ("grid", 4))
STAFF = ((1, "city", 1), (2, "community", 2), (3, "operator", 1))


def test_what_lasts_is_an_alarm_that_stands_where_it_stood(empty_url: str) -> None:
    engine = make_engine(engine_url(empty_url))
    _as_it_was(engine)
    upgrade(engine)
    assert differences(engine) == []

    with Session(engine) as session:
        found = {one.place_id: one for one in session.scalars(select(Escalation)) if one.kind is Kind.NO_ONE_ON_DUTY}
        waits, held = found[3], found[4]
        assert (waits.state, waits.step, waits.next_at) == (State.OPEN, 0, NOON + timedelta(hours=4))
        assert [(step["role"], step["people"]) for step in waits.chain] == [
            ("community", [2]),
            ("street", []),
            ("district", []),
            ("city", [1]),
        ]
        assert (held.state, held.holder_id) == (State.TAKEN, 2)
        assert held.next_at
        assert held.next_at > datetime.now(UTC) + timedelta(hours=3), "the time of who sees to it begins anew"
        trouble = session.scalars(select(Escalation).where(Escalation.kind == Kind.DELIVERY_TROUBLE)).one()
        assert (trouble.state, trouble.place_id, trouble.chain[trouble.step]["people"]) == (State.OPEN, 1, [1, 3])
        assert trouble.next_at
        assert trouble.next_at > datetime.now(UTC), "nobody is told of it again by the upgrade"
        assert session.scalars(select(DutyGap.escalation_id).order_by(DutyGap.id)).all() == [None, waits.id, held.id]
        assert session.scalars(select(DeliveryTrouble.escalation_id)).all() == [trouble.id]
        assert spoken_of(session, [1]) == [f"escalation:{waits.id}"], "a message that gathers speaks of the alarm"
        for one in (waits, held, trouble):
            assert bring_up_to_date(session, NOON, f"escalation:{one.id}") == 1, "what was told changes in place"
    engine.dispose()
    database = Database(empty_url, Vault(b"a key for the tests"), Policy())
    assert database.apply(watch, NOON)["opened"] == 0
    database.close()


def test_an_older_version_tells_anew_what_lasts_and_a_newer_one_takes_it_up(empty_url: str) -> None:
    engine = make_engine(engine_url(empty_url))
    _as_it_was(engine)
    upgrade(engine)
    go_down(engine, "0028")
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        gaps, alarms = tables.tables["duty_gaps"], tables.tables["escalations"]
        waits = connection.execute(select(gaps).where(gaps.c.closed_at.is_(None)).order_by(gaps.c.id)).all()
        assert [(one.id, one.next_at == one.opened_at) for one in waits] == [(7, True), (8, True)]
        assert connection.execute(select(alarms)).all() == []
    upgrade(engine)
    assert differences(engine) == []
    with Session(engine) as session:
        found = session.scalars(select(Escalation.kind).order_by(Escalation.id)).all()
    assert found == [Kind.NO_ONE_ON_DUTY, Kind.NO_ONE_ON_DUTY, Kind.DELIVERY_TROUBLE]
    engine.dispose()


def _as_it_was(engine: Engine) -> None:
    go_up(engine, "0033")
    with engine.begin() as connection:
        _fill(connection)


def _fill(connection: Connection) -> None:
    """Two grids with nobody on, the second seen to, a third time that is over; a bot that takes nothing; all told."""
    tables = MetaData()
    tables.reflect(connection)
    at = NOON.replace(tzinfo=None) if connection.dialect.name == "sqlite" else NOON

    def put(name: str, /, **values: Any) -> None:
        connection.execute(tables.tables[name].insert().values(**values))

    for level, number in LINE:
        path = {1: "/1/", 2: "/1/2/"}.get(number, f"/1/2/{number}/")
        parent = {1: None, 2: 1}.get(number, 2)
        put("areas", id=number, level=level, code=f"A{number}", name=f"A{number}", path=path, parent_id=parent)
    put("bots", name="one", channel="telegram", username="", link="", join_link="", brake=1.0)
    for person, role, area in STAFF:
        put("people", id=person, name=role, sex="", created_at=at)
        put("appointments", person_id=person, role=role, area_id=area, since=at, on_duty=True)
        account = {
            "kind": "private",
            "display_name": "",
            "reachable": True,
            "stopped": False,
            "offered": [],
            "window": {},
        }
        put("accounts", id=person, bot="one", address=role, person_id=person, menu="", created_at=at, **account)
    four = at + timedelta(hours=4)
    put("duty_gaps", id=6, grid_id=3, opened_at=at, step=2, next_at=None, seen_to_by=None, closed_at=at)
    put("duty_gaps", id=7, grid_id=3, opened_at=at, step=2, next_at=four, seen_to_by=None)
    put("duty_gaps", id=8, grid_id=4, opened_at=at, step=2, next_at=None, seen_to_by=2)
    put("delivery_troubles", id=3, bot="one", asked=0, undelivered=0, since=at, opened_at=at)
    for about, template, reader in (
        ("duty_gap:7", "duty_gap", 2),
        ("duty_gap:8", "duty_gap", 2),
        ("trouble:3", "trouble", 1),
    ):
        sent = {"state": "sent", "external_id": "12", "attempts": 1, "handle": "", "priority": 0, "args": {}}
        times = {"due_at": at, "sent_at": at, "created_at": at}
        put("outbox", bot="one", account_id=reader, about=about, template=template, **sent, **times)
    put("mentions", about="duty_gap:7", message_id=1)
