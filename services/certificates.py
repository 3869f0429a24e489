"""Certificates of release: their codes, what a gate is told of one, to whom they go (解除隔离证明)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Household, Person, Quarantine, Release
from models.db import vault_of
from rules.errors import BadInviteError
from rules.mail import Priority
from rules.quarantine import QuarantineStatus
from rules.release import masked
from rules.roles import Level
from rules.signed import seal, unseal
from rules.times import local_date
from services.areas import line_above
from services.mailbox import post
from services.phones import account_for, phones_of
from services.policy import default_policy, policy_at

_NUMBER = 8
SECRET = 6
"""Bytes of a code that nobody can guess, beside its signature."""
_CODE = re.compile(r"[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])")


class Standing(StrEnum):
    """What a gate is told of a certificate."""

    VALID = "valid"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    AGAIN = "again"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on it; a gate sees the name `masked`."""

    name: str
    area: str
    """The community and the grid; never the door."""
    first_day: date
    last_day: date
    valid_from: date
    code: str

    @property
    def masked(self) -> str:
        """The name for a stranger's eyes."""
        return masked(self.name)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a gate is told; no certificate when there is none of ours behind the code."""

    standing: Standing
    certificate: Certificate | None = None


def code_of(session: Session, row: Release) -> str:
    """The code of a certificate: its number, what nobody can guess, and our signature; it is kept nowhere."""
    return seal(row.id.to_bytes(_NUMBER, "big") + row.secret, lambda payload: _sign(session, payload))


def _sign(session: Session, payload: bytes) -> bytes:
    # An invite's code must never do for a certificate's.
    return vault_of(session).signature(b"release " + payload)


def link_to(session: Session, code: str) -> str:
    """Where a code is checked: an address of our site, or, where it has none, what staff send to the bot."""
    site = default_policy(session).site
    return f"{site}/release/{code}" if site else f"/check {code}"


def code_in(text: str) -> str:
    """The code in what somebody scanned or typed: an address, a line for the chat, or itself; "" when there is none."""
    found = _CODE.findall(text)
    return str(found[-1]) if found else ""


def check(session: Session, now: datetime, code: str) -> Checked:
    """What is behind a code."""
    row = _row(session, code)
    if row is None:
        return Checked(Standing.UNKNOWN)
    one = session.get_one(Quarantine, row.quarantine_id)
    grid = session.get_one(Household, one.household_id).grid_id
    today = local_date(now, policy_at(session, grid).timezone)
    found = certificate(session, row)
    if row.revoked_at is not None:
        return Checked(Standing.REVOKED, found)
    if _in_quarantine_again(session, one):
        return Checked(Standing.AGAIN, found)
    return Checked(Standing.VALID if row.valid_from <= today else Standing.NOT_YET, found)


def _row(session: Session, code: str) -> Release | None:
    try:
        payload = unseal(code, _NUMBER + SECRET, lambda given: _sign(session, given))
    except BadInviteError:
        return None
    row = session.get(Release, int.from_bytes(payload[:_NUMBER], "big"))
    return row if row is not None and row.secret == payload[_NUMBER:] else None


def _in_quarantine_again(session: Session, one: Quarantine) -> bool:
    running = select(Quarantine.id).where(
        Quarantine.person_id == one.person_id, Quarantine.id != one.id, Quarantine.status == QuarantineStatus.ACTIVE
    )
    return session.scalar(running.limit(1)) is not None


def certificate(session: Session, row: Release) -> Certificate:
    """What stands on a certificate."""
    one = session.get_one(Quarantine, row.quarantine_id)
    grid = session.get_one(Household, one.household_id).grid_id
    return Certificate(
        name=session.get_one(Person, one.person_id).name,
        area=" ".join(area.name for area in line_above(session, grid) if _is_shown(area)),
        first_day=one.first_day,
        last_day=one.last_day,
        valid_from=row.valid_from,
        code=code_of(session, row),
    )


def _is_shown(area: Area) -> bool:
    return area.level in (Level.CITY, Level.COMMUNITY, Level.GRID)


def standing_of(session: Session, quarantine_id: int) -> Release | None:
    """The certificate that holds for a quarantine."""
    mine = select(Release).where(Release.quarantine_id == quarantine_id, Release.revoked_at.is_(None))
    return session.scalar(mine.order_by(Release.id.desc()).limit(1))


def newest_of(session: Session, person_id: int) -> Release | None:
    """The certificate that somebody was given last, and that was not revoked."""
    given = select(Release).join(Quarantine, Quarantine.id == Release.quarantine_id)
    mine = given.where(Quarantine.person_id == person_id, Release.revoked_at.is_(None))
    return session.scalar(mine.order_by(Release.id.desc()).limit(1))


def send(session: Session, now: datetime, row: Release, due_at: datetime) -> int:
    """Owes the picture to its person's own phone, else to those that answer for the household; to how many."""
    one = session.get_one(Quarantine, row.quarantine_id)
    own = account_for(session, one.person_id)
    readers = [own] if own else phones_of(session, [one.household_id])[one.household_id]
    for account in readers:
        post(session, now, account, Priority.NOTICE, "certificate", about=f"release:{row.id}", due_at=due_at)
    return len(readers)
