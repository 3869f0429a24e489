"""A house that is upgraded: whoever has several chats is told where they were told before."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import Connection, MetaData, insert, select
from sqlalchemy.orm import Session

from models import Account
from models.db import engine_url, make_engine
from models.migrate import differences, upgrade
from tests.contracts.versions import go_up
from tests.harness import DAY, local

NOON = local(DAY, "12:00").astimezone(UTC)
BOTS = {"telegram": "telegram", "second": "telegram", "wecom": "wecom"}
CHATS = (
    # person, bot, reachable, heard so many hours ago (None: never)
    (1, "telegram", True, 2),
    (1, "second", True, 1),
    (1, "wecom", True, 3),
    (2, "telegram", False, 0),
    (2, "wecom", True, None),
    (3, "telegram", True, None),
    (3, "second", True, None),
    (None, "telegram", True, 1),
)


def test_the_first_and_the_second_way_are_found(empty_url: str) -> None:
    engine = make_engine(engine_url(empty_url))
    go_up(engine, "0035")
    with engine.begin() as connection:
        _fill(connection)
    upgrade(engine)
    assert differences(engine) == []
    with Session(engine) as session:
        chats = session.scalars(select(Account).order_by(Account.id)).all()
        assert [one.id for one in chats if one.told_here] == [2, 5, 7, 8]
        assert [one.id for one in chats if one.beside] == [3]
    engine.dispose()


def _fill(connection: Connection) -> None:
    tables = MetaData()
    tables.reflect(connection)
    noon = NOON.replace(tzinfo=None) if connection.dialect.name == "sqlite" else NOON
    bots = [
        {"name": name, "channel": channel, "username": "", "link": "", "join_link": ""}
        for name, channel in BOTS.items()
    ]
    connection.execute(insert(tables.tables["bots"]), [one | {"brake": 1.0} for one in bots])
    people = [{"id": number, "name": f"人{number}", "sex": "", "created_at": noon} for number in (1, 2, 3)]
    connection.execute(insert(tables.tables["people"]), people)
    chats: list[dict[str, Any]] = [
        {
            "id": number,
            "bot": bot,
            "address": f"{number}",
            "kind": "private",
            "person_id": person,
            "display_name": "",
            "reachable": reachable,
            "stopped": False,
            "offered": [],
            "window": [],
            "menu": "",
            "last_seen_at": None if heard is None else noon - timedelta(hours=heard),
            "created_at": noon,
        }
        for number, (person, bot, reachable, heard) in enumerate(CHATS, 1)
    ]
    connection.execute(insert(tables.tables["accounts"]), chats)
