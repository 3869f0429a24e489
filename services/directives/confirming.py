"""What whoever answers for a node does with a directive: confirms it, adds words, passes it on, has others reminded."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models import Account, Area, Directive, DirectiveEvent, DirectiveStep
from rules.directives import REMIND_APART, WAITING, Event, Step
from rules.roles import Level
from services.audit import record
from services.directives.lower import give_to_households, go_below, has_its_notice
from services.directives.steps import note, show_above, tell
from services.policy import policy_at


def confirm(session: Session, now: datetime, step: DirectiveStep, account: Account) -> None:
    """The node has it. Raises `NotAllowedError` when somebody confirmed it before."""
    directive = session.get_one(Directive, step.directive_id)
    event = Event.ACKNOWLEDGED if directive.urgent else Event.CONFIRMED
    note(session, now, step, event, account.person_id)
    step.person_id, step.account_id = account.person_id, account.id
    _done(session, now, step, account, "confirm directive")


def add_words(session: Session, now: datetime, step: DirectiveStep, account: Account, words: str) -> None:
    """The node's own words, for everybody below it. Raises `NotAllowedError` once it has gone on."""
    note(session, now, step, Event.WORDS, account.person_id)
    step.words, step.words_by = words, account.person_id
    _done(session, now, step, account, "add to directive", words=words)


def pass_on(session: Session, now: datetime, step: DirectiveStep, account: Account) -> None:
    """It goes to the nodes below; from a grid to its households. Raises `NotAllowedError` when it has gone on."""
    note(session, now, step, Event.PASSED_ON, account.person_id)
    directive, area = session.get_one(Directive, step.directive_id), session.get_one(Area, step.area_id)
    if area.level is not Level.GRID:
        go_below(session, now, [step.id])
    elif directive.to_doors and not has_its_notice(session, directive.id, area.id):
        give_to_households(session, now, directive, area, account)
    _done(session, now, step, account, "pass on directive")


def _done(session: Session, now: datetime, step: DirectiveStep, account: Account, act: str, **detail: object) -> None:
    session.flush()
    area = session.get_one(Area, step.area_id)
    show_above(session, now, {(step.directive_id, area.path)})
    subject = f"area:{area.id}"
    record(session, now, actor_id=account.person_id, act=act, subject=subject, directive=step.directive_id, **detail)


def remind_below(session: Session, now: datetime, step: DirectiveStep, by: int) -> int:
    """Whoever below has it and has not confirmed is asked again, each at most every `REMIND_APART`; how many."""
    area = session.get_one(Area, step.area_id)
    below = select(Area.id).where(Area.path.startswith(area.path, autoescape=True), Area.id != area.id)
    due = update(DirectiveStep).where(
        DirectiveStep.directive_id == step.directive_id,
        DirectiveStep.area_id.in_(below),
        DirectiveStep.state.in_([*WAITING, Step.GONE_PAST]),
        DirectiveStep.account_id.is_not(None),
        or_(DirectiveStep.asked_at.is_(None), DirectiveStep.asked_at <= now - REMIND_APART),
    )
    asked = due.values(asked_at=now, tells=DirectiveStep.tells + 1).returning(DirectiveStep.id)
    steps = session.scalars(asked, execution_options={"synchronize_session": False}).all()
    if not steps:
        return 0
    urgent = session.get_one(Directive, step.directive_id).urgent
    due_at = now if urgent else policy_at(session, area.id).awake(now)
    told = tell(session, now, steps, "directive_again", due_at, urgent)
    record(session, now, actor_id=by, act="remind", subject=f"area:{area.id}", directive=step.directive_id, nodes=told)
    return told


def lost(session: Session, now: datetime, number: int, account_id: int) -> None:
    """A message about a step cannot arrive: whoever comes next is told at once."""
    mine = (DirectiveStep.id == number) & (DirectiveStep.account_id == account_id)
    waits = mine & DirectiveStep.state.in_(WAITING)
    session.execute(update(DirectiveStep).where(waits).values(account_id=None, next_at=now))


def history(session: Session, step_id: int) -> list[DirectiveEvent]:
    """What happened at a node, in order."""
    mine = select(DirectiveEvent).where(DirectiveEvent.step_id == step_id)
    return list(session.scalars(mine.order_by(DirectiveEvent.id)))
