"""Which engine runs: what the settings choose, and what stops the start."""

from __future__ import annotations

import pytest

from bot.engines import engine_name
from bot.settings import SettingsError, load_settings

KEY = "a key that every process has"


def chosen(engine: str, url: str, key: str | None = None) -> str:
    return engine_name(load_settings(_env_file=None, engine=engine, database_url=url, encryption_key=key))


@pytest.mark.parametrize(
    ("engine", "url", "expected"),
    [
        ("auto", "sqlite:///gridbot.db", "embedded"),
        ("embedded", "sqlite:///gridbot.db", "embedded"),
        ("auto", "postgresql://host/gridbot", "distributed"),
        ("embedded", "postgresql://host/gridbot", "embedded"),
        ("distributed", "postgresql://host/gridbot", "distributed"),
    ],
)
def test_several_processes_share_a_postgresql_and_one_a_file(engine: str, url: str, expected: str) -> None:
    assert chosen(engine, url, KEY) == expected


def test_the_distributed_engine_needs_postgresql_and_a_key_that_all_have() -> None:
    with pytest.raises(SettingsError, match=r"GRIDBOT_ENGINE = 'distributed'.*postgresql://"):
        chosen("distributed", "sqlite:///gridbot.db", KEY)
    with pytest.raises(SettingsError, match="GRIDBOT_ENCRYPTION_KEY"):
        chosen("distributed", "postgresql://host/gridbot")
