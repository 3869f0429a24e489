"""Column types that hold the invariants: aware UTC times, closed vocabularies."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB

from rules.times import aware

BigId = BigInteger().with_variant(Integer, "sqlite")
"""SQLite gives row ids to INTEGER PRIMARY KEY only."""

Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database; a naive time raises `NaiveTimeError` (invariant 12)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC on the way in; SQLite keeps the digits only."""
        if value is None:
            return None
        moment = aware(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware on the way out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(vocabulary: type[StrEnum]) -> Enum:
    """A column of a closed vocabulary, stored as its readable words."""

    def values(members: Any) -> list[str]:
        return [member.value for member in members]

    return Enum(vocabulary, native_enum=False, length=32, values_callable=values, validate_strings=True)
