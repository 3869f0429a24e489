"""Messenger accounts, how they joined, and what was said last."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from models.record import Numbered, Record
from models.types import BigId, words
from rules.roles import Role

NOT_REACHABLE = text("NOT reachable")
"""Accounts that cannot be written to, in the words of their index."""


class Bot(Record):
    """One bot of one messenger, and its pace."""

    __tablename__ = "bots"

    name: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    username: Mapped[str] = mapped_column(default="")
    """What the messenger calls it; "" until it has been asked."""
    link: Mapped[str] = mapped_column(default="")
    """Where people open the chat with it; "" where a messenger has no such address."""
    join_link: Mapped[str] = mapped_column(default="")
    """The same with an invite, which stands in place of ``{code}``."""
    arrival_at: Mapped[datetime | None]
    """GCRA's theoretical arrival time (rules.mail.Pace)."""
    paused_until: Mapped[datetime | None]
    brake: Mapped[float] = mapped_column(default=1.0)
    """The share of its rate that it used at `braked_at` (rules.mail.Brake)."""
    braked_at: Mapped[datetime | None]
    token_forced_at: Mapped[datetime | None]
    """When one of our processes last had a refused token replaced by force, where a messenger has such tokens."""
    failing_since: Mapped[datetime | None]
    """Since when its messenger has taken nothing that was sent; None: it takes, as far as we know."""
    windowed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Its messenger takes words only for a while after a person was heard (`Capabilities.window`)."""


class AccountKind(StrEnum):
    """Who reads a chat."""

    PRIVATE = "private"
    GROUP = "group"


class Account(Numbered):
    """A chat with one bot, and the person behind it once known; a group's chat is nobody's."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("bot", "address"),
        Index("ix_accounts_unreachable", "bot", sqlite_where=NOT_REACHABLE, postgresql_where=NOT_REACHABLE),
        CheckConstraint("kind = 'private' OR person_id IS NULL", name="a_group_is_nobody"),
    )

    bot: Mapped[str] = mapped_column(ForeignKey("bots.name"))
    address: Mapped[str]
    kind: Mapped[AccountKind] = mapped_column(words(AccountKind), default=AccountKind.PRIVATE)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"), index=True)
    display_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str | None]
    reachable: Mapped[bool] = mapped_column(default=True)
    why_unreachable: Mapped[str | None]
    unreachable_since: Mapped[datetime | None]
    """Since when; kept until what was missed has been told."""
    stopped: Mapped[bool] = mapped_column(default=False)
    """The person asked for quiet (/stop): optional messages are not sent; prompts and alerts are."""
    arrival_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    offered: Mapped[list[Any]] = mapped_column(default=list)
    """The choices last shown, as [key, label] pairs: a typed label or number chooses too."""
    last_seen_at: Mapped[datetime | None]
    chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The person said that messages go here, wherever they write."""
    told_here: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Of the chats of a person the one in which they are told: the first of their ways (`rules.ways`), kept in order by
    `services.ways`, so that a round need not compare them."""
    beside: Mapped[bool] = mapped_column(default=False, server_default=false())
    """They are told of emergencies here too."""
    unanswered: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many alerts arrived here and had their time run out since anything was heard from here."""
    unanswered_at: Mapped[datetime | None]
    """When the last of them did."""
    window: Mapped[list[Any]] = mapped_column(default=list)
    """What is left of the messenger's allowances (rules.window), as [seconds it lasts, until, messages left]."""
    menu: Mapped[str] = mapped_column(default="")
    """The language and the commands of the menu last owed here; "" is the bot's own, for strangers."""
    created_at: Mapped[datetime]


class BotArea(Record):
    """An area that a bot serves, with everything below it that no other bot serves."""

    __tablename__ = "bot_areas"

    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), primary_key=True)
    bot: Mapped[str] = mapped_column(ForeignKey("bots.name"))


class SpokenFor(Record):
    """A person without a phone, for whose household an account answers too."""

    __tablename__ = "spoken_for"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("people.id"), primary_key=True, index=True)
    call: Mapped[str] = mapped_column(default="")


class Invite(Numbered):
    """A way in: who may join as what, where, until when and how often."""

    __tablename__ = "invites"

    role: Mapped[Role] = mapped_column(words(Role))
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"))
    expires_at: Mapped[datetime]
    max_uses: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0)
    withdrawn_at: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    created_at: Mapped[datetime]


class JoinStatus(StrEnum):
    """Where a request to be let in stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class JoinKind(StrEnum):
    """What a request to be let in is for."""

    SELF = "self"
    OTHER = "other"
    """For somebody without a phone, for whom this one will answer."""
    MOVE = "move"


class JoinRequest(Numbered):
    """Somebody whom the roster does not know asks to be let in, or for another, or has moved."""

    __tablename__ = "join_requests"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), index=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("areas.id"), index=True)
    kind: Mapped[JoinKind] = mapped_column(words(JoinKind), default=JoinKind.SELF)
    name: Mapped[str]
    room: Mapped[str]
    call: Mapped[str] = mapped_column(default="")
    """What the asking one calls the other: 爷爷."""
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    """Who moves; None: somebody is let in."""
    whole_household: Mapped[bool] = mapped_column(default=False)
    """Everybody behind the old door moves along."""
    status: Mapped[JoinStatus] = mapped_column(words(JoinStatus), default=JoinStatus.WAITING)
    decided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("people.id"))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class Conversation(Record):
    """The form that an account is filling in."""

    __tablename__ = "conversations"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("accounts.id"), primary_key=True)
    form: Mapped[str]
    step: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    touched_at: Mapped[datetime]
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    lapses_at: Mapped[datetime] = mapped_column(index=True)
