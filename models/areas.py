"""The tree of areas and the policies hung on it."""

from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, Json, words
from rules.roles import Level


class Area(Numbered):
    """A city, district, street, community, grid, building or unit."""

    __tablename__ = "areas"
    __table_args__ = (Index("ix_areas_level", "level", "id"),)

    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    level: Mapped[Level] = mapped_column(words(Level))
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    path: Mapped[str] = mapped_column(index=True)
    """The ids from the city down to this area, like ``/1/4/9/``."""


class AreaPolicy(Numbered):
    """One value that an area sets for itself and everything below it."""

    __tablename__ = "area_policies"
    __table_args__ = (UniqueConstraint("area_id", "key"),)

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    key: Mapped[str]
    value: Mapped[Any] = mapped_column(Json)
