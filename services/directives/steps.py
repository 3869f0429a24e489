"""Steps of directives: found, noted, brought up to date where they are shown."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm import Session

from models import Account, Area, DirectiveEvent, DirectiveStep
from models.statements import among
from rules.directives import Event, cell
from rules.mail import Priority
from services.areas import numbers
from services.changes import bring_all_up_to_date
from services.mailbox import post_many

REFRESH = timedelta(seconds=5)
"""What a node sees of those below it changes at most this often."""
ABOUT = "directive_step"


def note(session: Session, now: datetime, step: DirectiveStep, event: Event, person_id: int | None) -> None:
    """What somebody did to a step by pressing: it stands as the table says, and its messages show it.

    Raises `NotAllowedError` when the table has no such cell.
    """
    found = cell(step.state, event)
    step.state = found.then
    if event in {Event.CONFIRMED, Event.ACKNOWLEDGED}:
        step.confirmed_by, step.confirmed_at = person_id, now
    if found.goes_on:
        step.passed_at = now
    step.next_at = {"end": step.ends_at, "none": None}.get(found.time.value, step.next_at)
    session.add(DirectiveEvent(step_id=step.id, event=event, at=now, person_id=person_id))
    session.flush()
    bring_all_up_to_date(session, now, [f"{ABOUT}:{step.id}"])


def show_above(session: Session, now: datetime, changed: Collection[tuple[int, str]]) -> None:
    """Whoever stands above nodes that changed sees it, soon; they are given as a directive and a path."""
    nodes = {area for _, path in changed for area in numbers(path)[:-1]}
    steps = among(session, DirectiveStep.area_id, nodes)
    its = DirectiveStep.directive_id.in_({directive for directive, _ in changed})
    found = session.scalars(select(DirectiveStep.id).where(steps, its, DirectiveStep.person_id.is_not(None))).all()
    bring_all_up_to_date(session, now, [f"{ABOUT}:{one}" for one in found], due_at=now + REFRESH)


def tell(session: Session, now: datetime, steps: Sequence[int], template: str, due_at: datetime, urgent: bool) -> int:
    """Owes these nodes a message to whoever has it there, each in one statement; one a telling, whatever runs twice."""
    number = cast(DirectiveStep.id, String)
    return post_many(
        session,
        now,
        select(Account)
        .join(DirectiveStep, DirectiveStep.account_id == Account.id)
        .where(among(session, DirectiveStep.id, steps), Account.reachable),
        Priority.ALERT if urgent else Priority.PROMPT,
        template,
        about=literal(f"{ABOUT}:") + number,
        dedupe_key=literal(f"{ABOUT}:") + number + literal("/") + cast(DirectiveStep.tells, String),
        due_at=due_at,
    )


def line_of(session: Session, directive_id: int, path: str) -> list[tuple[DirectiveStep, Area]]:
    """The steps of a directive at a node and above it, from the top."""
    rows = session.execute(
        select(DirectiveStep, Area)
        .join(Area, Area.id == DirectiveStep.area_id)
        .where(DirectiveStep.directive_id == directive_id, DirectiveStep.area_id.in_(numbers(path)))
        .order_by(Area.path)
    )
    return [(step, area) for step, area in rows]
