"""An empty database becomes what the program expects, and bringing it up to date again does no harm."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from models import Bot
from models.db import engine_url, make_engine
from models.migrate import current, differences, newest, upgrade


@pytest.fixture
def empty(empty_url: str) -> Engine:
    return make_engine(engine_url(empty_url))


def test_an_empty_database_brought_up_to_date_is_what_the_program_expects(empty: Engine) -> None:
    assert current(empty) is None
    assert differences(empty)
    upgrade(empty)

    assert differences(empty) == []
    assert current(empty) == newest()
    empty.dispose()


def test_bringing_up_to_date_twice_changes_nothing_and_keeps_what_is_there(empty: Engine) -> None:
    upgrade(empty)
    with Session(empty) as session, session.begin():
        session.add(Bot(name="one", channel="telegram"))
    upgrade(empty)

    assert differences(empty) == []
    with Session(empty) as session:
        assert session.scalar(select(func.count()).select_from(Bot)) == 1
    empty.dispose()
