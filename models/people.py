"""People, where they live, and what they are appointed to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered
from models.types import BigId, words
from rules.family import Part
from rules.roles import Role

OFF_DUTY = text("NOT on_duty")
"""Who may be off duty, in the words of its index."""
_STANDS_IN = text("stands_for IS NOT NULL")


class Person(Numbered):
    """One human, once."""

    __tablename__ = "people"

    name: Mapped[str] = mapped_column(index=True)
    sex: Mapped[str] = mapped_column(default="")
    phone_sealed: Mapped[bytes | None]
    phone_index: Mapped[bytes | None] = mapped_column(index=True)
    id_number_sealed: Mapped[bytes | None]
    id_number_index: Mapped[bytes | None] = mapped_column(index=True)
    language: Mapped[str | None]
    member: Mapped[str | None] = mapped_column(index=True, unique=True)
    """What the employer's own messenger calls them (企业微信账号), in small letters: whoever writes as that is they."""
    created_at: Mapped[datetime]


class Household(Numbered):
    """Those behind one door (住户)."""

    __tablename__ = "households"
    __table_args__ = (UniqueConstraint("area_id", "room"),)

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    """The unit, building or grid that the door belongs to."""
    grid_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    room: Mapped[str]


class Resident(Numbered):
    """A person in a household."""

    __tablename__ = "residents"
    __table_args__ = (UniqueConstraint("household_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    household_id: Mapped[int] = mapped_column(BigId, ForeignKey("households.id"), index=True)
    relation: Mapped[str] = mapped_column(default="")
    """To the head of the household, in the register's words: 户主, 配偶, 子, 女, 父, 母 …"""
    tags: Mapped[list[Any]] = mapped_column(default=list)
    """Key-population tags (重点人群)."""
    part: Mapped[Part] = mapped_column(words(Part), default=Part.ASKED, server_default=Part.ASKED.value)
    heads: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Chosen by the family to stand for it; where nobody was, it is the register's 户主."""
    nickname: Mapped[str] = mapped_column(default="", server_default="")
    """What the family calls them (豆豆), heard in a report like their name."""


class Appointment(Numbered):
    """A role that a person holds in an area for a time."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "area_id"),
        Index("ix_appointments_off_duty", "area_id", sqlite_where=OFF_DUTY, postgresql_where=OFF_DUTY),
        Index("ix_appointments_stands_for", "stands_for", sqlite_where=_STANDS_IN, postgresql_where=_STANDS_IN),
    )

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(words(Role))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    on_duty: Mapped[bool] = mapped_column(default=True)
    off_until: Mapped[datetime | None]
    """Of somebody off duty: when they are on again by themselves; None: when they say so."""
    on_until: Mapped[datetime | None]
    """Of somebody on the roster: until when they are on whatever it says, because they said so."""
    stands_for: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Whose duty it is that is held here until `until`; None: the holder's own."""
