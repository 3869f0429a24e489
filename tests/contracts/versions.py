"""A database as some version of the program has it."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from models.migrate import _config


def go_up(engine: Engine, revision: str) -> None:
    """As that version made it."""
    _move(engine, revision, command.upgrade)


def go_down(engine: Engine, revision: str) -> None:
    """Back to that version."""
    _move(engine, revision, command.downgrade)


def _move(engine: Engine, revision: str, how: Callable[[Config, str], None]) -> None:
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        how(config, revision)
