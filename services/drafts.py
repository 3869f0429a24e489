"""A notice while it is written: kept with the author's conversation, until it leaves or is planned."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zlib import crc32

from sqlalchemy.orm import Session

from models import Area, NoticeFile
from rules.audiences import Audience
from rules.media import MediaState
from services.audiences import count_by_bot

_CHOSEN = ("area", "body", "audience", "receipt", "group", "file", "at", "days", "until")
"""What makes a notice what it is, among everything that its conversation knows."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to send."""

    area_id: int
    body: str
    audience: Audience = Audience.HOUSEHOLDS
    receipt: bool = True
    to_group: bool = False
    file_id: int | None = None
    send_at: datetime | None = None
    """When it leaves, first; None: now."""
    days: str = ""
    """The weekdays on which it is repeated (`NoticePlan.days`)."""
    until: date | None = None
    order: bool = False
    """It goes to those too who asked for quiet."""


def draft_of(known: Mapping[str, Any]) -> Draft:
    """The notice that a conversation knows."""
    at, until = known.get("at"), known.get("until")
    return Draft(
        area_id=known["area"],
        body=str(known.get("body", "")),
        audience=Audience(known.get("audience", Audience.HOUSEHOLDS)),
        receipt=known.get("receipt", True),
        to_group=known.get("group", False),
        file_id=known.get("file"),
        send_at=datetime.fromisoformat(at) if at else None,
        days=known.get("days", ""),
        until=date.fromisoformat(until) if until else None,
        order=known.get("confirm") == "order",
    )


def mark_of(known: Mapping[str, Any]) -> str:
    """What tells one state of a notice from another: what is sent is what was looked at."""
    chosen = json.dumps([known.get(name) for name in _CHOSEN], ensure_ascii=False)
    return f"{crc32(chosen.encode()):08x}"


def counted(session: Session, now: datetime, known: Mapping[str, Any]) -> dict[str, int]:
    """How many people a notice reaches, by bot; what was counted before for the same people is not counted again."""
    draft = draft_of(known)
    whose, people = known.get("people") or ("", {})
    if whose == whose_of(draft):
        return dict(people)
    return count_by_bot(session, now, session.get_one(Area, draft.area_id), draft.audience)


def whose_of(draft: Draft) -> str:
    """Whose number it is that was counted."""
    return f"{draft.area_id}/{draft.audience.value}"


def file_of(session: Session, file_id: int | None) -> NoticeFile | None:
    """What goes with a notice, as far as it can: one that is refused or gone does not."""
    file = session.get(NoticeFile, file_id) if file_id else None
    return file if file and file.state in {MediaState.OWED, MediaState.KEPT} else None
