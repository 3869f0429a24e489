"""A directive is issued: what it will reach, and its first steps."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Account, Area, Directive, DirectiveEvent, DirectiveStep, Household
from rules.directives import Event, Step
from rules.mail import Priority
from rules.roles import Level
from services.audit import record
from services.directives.lower import everywhere, give_to_households, go_below
from services.directives.progress import nodes_below
from services.directives.steps import ABOUT
from services.mailbox import post


@dataclass(frozen=True, slots=True)
class Reach:
    """What a directive would reach: nodes by level, and households."""

    nodes: dict[Level, int]
    households: int


def reach(session: Session, area: Area, *, to_doors: bool) -> Reach:
    """What one issued at an area would reach."""
    doors = select(func.count()).select_from(Household).join(Area, Area.id == Household.grid_id)
    below = doors.where(Area.path.startswith(area.path, autoescape=True))
    return Reach(nodes_below(session, area), (session.scalar(below) or 0) if to_doors else 0)


def issue(
    session: Session,
    now: datetime,
    *,
    author_id: int,
    account: Account,
    area: Area,
    body: str,
    minutes: int,
    urgent: bool,
    to_doors: bool,
) -> Directive:
    """Begins a directive at `area`, whose step its author has confirmed by issuing it.

    It goes to the nodes right below; an urgent one to every node and to the households, by one notice, at once.
    """
    directive = Directive(
        author_id=author_id,
        area_id=area.id,
        body=body,
        urgent=urgent,
        to_doors=to_doors,
        minutes=minutes,
        created_at=now,
    )
    session.add(directive)
    session.flush()
    step = DirectiveStep(
        directive_id=directive.id,
        area_id=area.id,
        state=Step.DONE,
        person_id=author_id,
        account_id=account.id,
        told=[author_id],
        starts_at=now,
        confirmed_by=author_id,
        confirmed_at=now,
        passed_at=now,
    )
    session.add(step)
    session.flush()
    session.add(DirectiveEvent(step_id=step.id, event=Event.PASSED_ON, at=now, person_id=author_id))
    post(session, now, account, Priority.REPLY, "directive", about=f"{ABOUT}:{step.id}")
    if urgent:
        everywhere(session, now, directive, area.path)
        if to_doors:
            give_to_households(session, now, directive, area, account)
    else:
        go_below(session, now, [step.id])
    record(session, now, actor_id=author_id, act="directive", subject=f"area:{area.id}", directive=directive.id)
    return directive
