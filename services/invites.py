"""Invites: made by staff or the command line, used by whoever joins."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Area, Invite
from models.db import vault_of
from rules.errors import BadInviteError, NotAllowedError
from rules.invites import InviteCode, read_code
from rules.roles import Level, Role, is_held_at
from services.audit import record

POSTER_DAYS = timedelta(days=30)
SINGLE_DAYS = timedelta(days=7)


class InviteTrouble(StrEnum):
    """Why an invite does not let anybody in."""

    FORGED = "forged"
    EXPIRED = "expired"
    USED_UP = "used_up"
    WITHDRAWN = "withdrawn"


def invite(
    session: Session,
    now: datetime,
    *,
    role: Role,
    area: Area,
    max_uses: int | None = 1,
    by: int | None = None,
) -> str:
    """A new invite's code; see `make_invite`."""
    return code_of(session, make_invite(session, now, role=role, area=area, max_uses=max_uses, by=by))


def make_invite(
    session: Session, now: datetime, *, role: Role, area: Area, max_uses: int | None, by: int | None
) -> Invite:
    """A new invite: one use for a person, `max_uses` None for a poster that many will scan.

    Raises `NotAllowedError` when nobody can be that there: a worker of a whole street, a resident of a city.
    """
    fits = is_held_at(role, area.level) if role.is_staff else area.level.depth >= Level.GRID.depth
    if not fits:
        raise NotAllowedError(f"{role.value} of a {area.level.value}")
    row = Invite(
        role=role,
        area_id=area.id,
        expires_at=now + (SINGLE_DAYS if max_uses else POSTER_DAYS),
        max_uses=max_uses,
        created_by=by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    record(session, now, actor_id=by, act="invite", subject=f"area:{area.id}", role=role.value, invite=row.id)
    return row


def code_of(session: Session, row: Invite) -> str:
    """The code of an invite; it is kept nowhere."""
    return InviteCode(row.id, row.role, row.area_id, row.expires_at).sealed(vault_of(session).signature)


def open_invites(session: Session, now: datetime, person_id: int) -> list[Invite]:
    """The invites of a person that still let somebody in, newest first."""
    left = Invite.max_uses.is_(None) | (Invite.uses < Invite.max_uses)
    usable = (Invite.created_by == person_id) & Invite.withdrawn_at.is_(None) & (Invite.expires_at > now) & left
    return list(session.scalars(select(Invite).where(usable).order_by(Invite.id.desc())))


def withdraw(session: Session, now: datetime, row: Invite, by: int) -> None:
    """Nobody joins with this invite any more; who has joined stays."""
    row.withdrawn_at = now
    session.flush()
    record(session, now, actor_id=by, act="withdraw", subject=f"area:{row.area_id}", invite=row.id)


def look_up(session: Session, now: datetime, code: str) -> Invite | InviteTrouble:
    """The invite behind a code, or why it is none."""
    try:
        said = read_code(code, vault_of(session).signature)
    except BadInviteError:
        return InviteTrouble.FORGED
    row = session.get(Invite, said.invite_id)
    if row is None or (row.role, row.area_id) != (said.role, said.area_id):
        return InviteTrouble.FORGED
    return trouble_with(row, now) or row


def trouble_with(row: Invite, now: datetime) -> InviteTrouble | None:
    """Why an invite of ours lets nobody in any more; None while it does."""
    if row.withdrawn_at is not None:
        return InviteTrouble.WITHDRAWN
    if row.expires_at <= now:
        return InviteTrouble.EXPIRED
    if row.max_uses is not None and row.uses >= row.max_uses:
        return InviteTrouble.USED_UP
    return None


def use(session: Session, now: datetime, row: Invite) -> InviteTrouble | None:
    """Counts one use; why not, when it was withdrawn, ran out or was used up while its form was being filled in."""
    trouble = trouble_with(row, now)
    if trouble:
        return trouble
    done = session.execute(
        update(Invite)
        .where(
            Invite.id == row.id,
            Invite.withdrawn_at.is_(None),
            (Invite.max_uses.is_(None)) | (Invite.uses < Invite.max_uses),
        )
        .values(uses=Invite.uses + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
    return None if getattr(done, "rowcount", 0) else trouble_with(row, now) or InviteTrouble.USED_UP
