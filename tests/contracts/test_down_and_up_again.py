"""Whoever goes back to an older version finds the tables that it made, and can come back."""

from __future__ import annotations

from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from models.db import engine_url, make_engine
from models.migrate import _config, differences, upgrade
from tests.contracts.versions import go_down, go_up

OLDEST = "0006"
"""Before it no version knew a way back."""
Tables = dict[str, tuple[set[str], set[str], set[tuple[str, str]]]]


def _tables(engine: Engine) -> Tables:
    """By table: its columns, with whether they may be empty; its indexes; where its keys lead."""
    look = inspect(engine)
    return {
        table: (
            {f"{one['name']}{'?' if one['nullable'] else ''}" for one in look.get_columns(table)},
            {str(one["name"]) for one in look.get_indexes(table)},
            {(one["constrained_columns"][0], one["referred_table"]) for one in look.get_foreign_keys(table)},
        )
        for table in look.get_table_names()
    }


def _revisions() -> list[str]:
    scripts = ScriptDirectory.from_config(_config())
    return [one.revision for one in reversed(list(scripts.walk_revisions())) if one.revision >= OLDEST]


def test_each_step_down_leaves_what_was_there_before_it(empty_url: str) -> None:
    engine = make_engine(engine_url(empty_url))
    was: dict[str, Tables] = {}
    for revision in _revisions():
        go_up(engine, revision)
        was[revision] = _tables(engine)
    for revision in reversed(_revisions()[:-1]):
        go_down(engine, revision)
        assert _tables(engine) == was[revision], revision
    upgrade(engine)
    assert differences(engine) == []
    engine.dispose()
