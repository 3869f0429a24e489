"""Who may send a notice to an area, and who may agree to somebody else's."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, NoticePlan
from rules.roles import NOTICE_ROLES, Role
from services.accounts import reachable_accounts
from services.areas import line_above
from services.staff import in_force, may_touch

MAY_CONFIRM = NOTICE_ROLES | {Role.OPERATOR}
"""Who may agree to somebody else's notice: whoever could send it, and the operators where nobody stands above."""


def may_notify(session: Session, now: datetime, person_id: int, area_id: int) -> bool:
    """Whether somebody may send a notice to an area: by an appointment there or above (invariant 11)."""
    return may_touch(session, now, person_id, area_id, NOTICE_ROLES)


def may_agree(session: Session, now: datetime, person_id: int, plan: NoticePlan) -> bool:
    """Whether somebody may agree to a notice: there or above, and it is not their own."""
    return person_id != plan.author_id and may_touch(session, now, person_id, plan.area_id, MAY_CONFIRM)


def second_people(session: Session, now: datetime, area: Area, author_id: int) -> list[Account]:
    """The chats of those nearest above who could agree: of the lowest area in which there is anybody."""
    for place in reversed(line_above(session, area.id)):
        there = select(Appointment.person_id).where(
            Appointment.area_id == place.id,
            Appointment.role.in_(sorted(MAY_CONFIRM)),
            Appointment.person_id != author_id,
            in_force(now),
        )
        if found := reachable_accounts(session, session.scalars(there).all()):
            return list(found.values())
    return []
