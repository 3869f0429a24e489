"""Reported upwards: that nobody confirmed at a node, to whoever confirmed nearest above it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, literal, select, update
from sqlalchemy.orm import Session

from models import Account, Directive, DirectiveStep
from models.statements import among
from rules.directives import Step
from rules.mail import Priority
from services.accounts import reachable_accounts
from services.alerts import at_the_top
from services.areas import numbers
from services.directives.steps import ABOUT
from services.mailbox import post, post_many

CONFIRMED = (Step.CONFIRMED, Step.DONE, Step.LATE)


def report(session: Session, now: datetime, broken: Sequence[tuple[Directive, str]]) -> int:
    """Owes one message to whoever is told of these nodes (a directive and a path each); how many are told.

    Told is the nearest above who confirmed and can be reached, in the end whoever issued it; and where none of them
    can, the operators and the city, as of an alarm that nobody has.
    """
    if not broken:
        return 0
    able = _able(session, broken)
    told: dict[bool, set[int]] = {True: set(), False: set()}
    unheard: dict[int, Directive] = {}
    for one, path in broken:
        line = (able.get((one.id, area)) for area in reversed(numbers(path)[:-1]))
        if (step := next((step for step in line if step is not None), None)) is not None:
            told[one.urgent].add(step)
        else:
            unheard[one.id] = one
    above = sum(_tell(session, now, sorted(steps), urgent) for urgent, steps in told.items() if steps)
    return above + sum(_tell_operators(session, now, one) for one in unheard.values())


def _able(session: Session, broken: Sequence[tuple[Directive, str]]) -> dict[tuple[int, int], int]:
    """By directive and area, the steps above whose holders can be told: where they are now, if that chat is lost."""
    above = {area for _, path in broken for area in numbers(path)[:-1]}
    rows = session.execute(
        select(DirectiveStep.id, DirectiveStep.directive_id, DirectiveStep.area_id, DirectiveStep.person_id)
        .add_columns(Account.reachable)
        .outerjoin(Account, Account.id == DirectiveStep.account_id)
        .where(DirectiveStep.directive_id.in_({one.id for one, _ in broken}))
        .where(among(session, DirectiveStep.area_id, above))
        .where(DirectiveStep.state.in_(CONFIRMED))
    ).all()
    lost = {person for *_, person, reachable in rows if not reachable and person is not None}
    elsewhere = reachable_accounts(session, lost) if lost else {}
    able = {}
    for step, directive, area, person, reachable in rows:
        account = None if reachable else elsewhere.get(person)
        if account is not None:
            session.execute(update(DirectiveStep).where(DirectiveStep.id == step).values(account_id=account.id))
        if reachable or account is not None:
            able[directive, area] = step
    return able


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


def _tell_operators(session: Session, now: datetime, directive: Directive) -> int:
    """Once an hour: what comes later in it is seen in the same message, which is brought up to date."""
    origin = session.scalar(select(DirectiveStep.id).filter_by(directive_id=directive.id, area_id=directive.area_id))
    people = at_the_top(session, now, directive.area_id)
    told = 0
    for person, account in sorted(reachable_accounts(session, people).items()):
        priority = Priority.ALERT if directive.urgent else Priority.PROMPT
        key = f"directive_unheard:{directive.id}:{person}:{now:%Y-%m-%dT%H}"
        about = f"{ABOUT}:{origin}"
        told += post(session, now, account, priority, "directive_unheard", about=about, dedupe_key=key) is not None
    return told
