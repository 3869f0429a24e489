"""What a command does to an area that is named by its code."""

from collections.abc import Callable
from typing import TypeVar

import click
from sqlalchemy.orm import Session

from bot.cli import settings_in_force
from bot.house import open_database
from models import Area
from services.areas import by_code

T = TypeVar("T")


def in_area(code: str, do: Callable[[Session, Area], T]) -> T:
    """`do` with the area of ``--area CODE``, in one transaction; raises `ClickException` when there is no such area."""
    database = open_database(settings_in_force())
    try:
        with database.transaction() as session:
            area = by_code(session, code)
            if area is None:
                raise click.ClickException(f"--area {code}: there is no such area")
            return do(session, area)
    finally:
        database.close()
