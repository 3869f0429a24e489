"""Alembic's entry: the connection is handed over by models.migrate."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

import models
from models.types import UtcDateTime


def plain_types(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A migration must read the same for ever: it names plain types, never our own classes or words."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    if kind == "type" and isinstance(item, sa.JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.Record.metadata,
    render_as_batch=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
