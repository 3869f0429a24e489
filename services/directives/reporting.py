"""Reported upwards: that nobody confirmed at a node, to whoever confirmed nearest above it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm import Session

from models import Account, Directive, DirectiveStep
from models.statements import among
from rules.directives import Step
from rules.mail import Priority
from services.areas import numbers
from services.directives.steps import ABOUT
from services.mailbox import post_many

CONFIRMED = (Step.CONFIRMED, Step.DONE, Step.LATE)


def report(session: Session, now: datetime, broken: Sequence[tuple[Directive, str]]) -> int:
    """Owes one message to whoever is told of these nodes (a directive and a path each); how many are told.

    Told is the nearest above who confirmed and can be reached, in the end whoever issued it.
    """
    if not broken:
        return 0
    above = {area for _, path in broken for area in numbers(path)[:-1]}
    rows = session.execute(
        select(DirectiveStep.id, DirectiveStep.directive_id, DirectiveStep.area_id)
        .join(Account, Account.id == DirectiveStep.account_id)
        .where(DirectiveStep.directive_id.in_({one.id for one, _ in broken}))
        .where(among(session, DirectiveStep.area_id, above))
        .where(DirectiveStep.state.in_(CONFIRMED), Account.reachable)
    )
    able = {(directive, area): step for step, directive, area in rows}
    told: dict[bool, set[int]] = {True: set(), False: set()}
    for one, path in broken:
        line = (able.get((one.id, area)) for area in reversed(numbers(path)[:-1]))
        if (step := next((step for step in line if step is not None), None)) is not None:
            told[one.urgent].add(step)
    return sum(_tell(session, now, sorted(steps), urgent) for urgent, steps in told.items() if steps)


def _tell(session: Session, now: datetime, steps: Sequence[int], urgent: bool) -> int:
    number = cast(DirectiveStep.id, String)
    return post_many(
        session,
        now,
        select(Account)
        .join(DirectiveStep, DirectiveStep.account_id == Account.id)
        .where(among(session, DirectiveStep.id, steps)),
        Priority.ALERT if urgent else Priority.PROMPT,
        "directive_late",
        about=literal(f"{ABOUT}:") + number,
        # What falls due together is one message, in whatever parts the tick comes to it.
        dedupe_key=literal("directive_late:") + number + literal(f"/{now:%Y%m%d%H%M}"),
        due_at=now,
    )
