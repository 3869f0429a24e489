"""Which notices ring at night: those that hand an urgent directive to the doors, and no others."""

from sqlalchemy.orm import Session

from models import Directive, Notice


def rings_at_night(session: Session, notice: Notice) -> bool:
    """Whether a notice does not wait for the morning."""
    return notice.directive_id is not None and session.get_one(Directive, notice.directive_id).urgent
