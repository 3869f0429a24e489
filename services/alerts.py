"""Alerts: which message tells whom about an escalation."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models import Account, Escalation, OutboxMessage
from rules.escalation import Kind, ladder_of
from rules.ladder import Severity
from rules.mail import MailState, Priority
from rules.roles import Role
from rules.ways import EMERGENCIES
from services.accounts import Told, reachable_accounts
from services.areas import line_above
from services.changes import not_left
from services.hours import GATHERED, tell_in_time
from services.mailbox import post
from services.passed_over import join_digest
from services.staff import holders
from services.ways import send_beside

GATHER = timedelta(seconds=30)
"""What happens to several households at one time is told in one message: a bundle waits this long for the others."""


def tell(
    session: Session,
    now: datetime,
    escalation: Escalation,
    person_ids: Iterable[int],
    accounts: Told,
    *,
    due_at: datetime | None = None,
    again: bool = False,
    passed: list[list[Any]] | None = None,
    handed_by: int | None = None,
    not_taken_by: int | None = None,
) -> datetime:
    """Owes the alert to each person: alone and at once, or in the one message of its bundle; an emergency on two ways.

    One that was handed over (`handed_by`), or came back (`not_taken_by`), is told alone. What can wait is told as the
    hour of whoever is told allows. Returns when the first of them is told: their time begins then.

    `passed` are the people the chain did not wait for, with the reasons: the next one is told why it came to them.
    """
    args: dict[str, Any] = {"passed": passed or [], "handed_by": handed_by}
    if not_taken_by:
        args["not_taken_by"] = not_taken_by
    between_two = bool(handed_by or not_taken_by)
    bundle = None if between_two else escalation.bundle
    # What tells that messages do not arrive waits for that itself: one of it is enough.
    once = again or escalation.kind is Kind.DELIVERY_TROUBLE
    waiting = _not_left(session, escalation) if once and not bundle else ()
    starts = due_at or now
    told = []
    for person in person_ids:
        if not between_two and accounts[person].id in waiting:
            continue
        if bundle:
            told.append(_tell_bundle(session, now, bundle, accounts[person], starts, args))
        else:
            key = None if again else f"alert:{escalation.id}:{escalation.step}:{person}:{now.isoformat()}"
            beside = accounts.beside.get(person)
            told.append(_tell_alone(session, now, escalation, accounts[person], beside, starts, args, key))
    return min(told, default=starts)


def _tell_alone(
    session: Session,
    now: datetime,
    escalation: Escalation,
    account: Account,
    beside: Account | None,
    starts: datetime,
    args: dict[str, Any],
    key: str | None,
) -> datetime:
    about = f"escalation:{escalation.id}"
    if escalation.severity is Severity.ROUTINE:
        return tell_in_time(session, now, account, "alert", args=args, about=about, due_at=starts, dedupe_key=key)
    first = post(session, now, account, Priority.ALERT, "alert", args=args, about=about, dedupe_key=key, due_at=starts)
    if first is not None and beside is not None and ladder_of(escalation.kind, escalation.severity) in EMERGENCIES:
        send_beside(session, now, first, beside)
    return starts


def _not_left(session: Session, escalation: Escalation) -> Collection[int]:
    """The accounts whose alert has not left yet: it will say what is true by then, and is not owed twice."""
    waiting = not_left("alert", [f"escalation:{escalation.id}"])
    return session.scalars(waiting.with_only_columns(OutboxMessage.account_id)).all()


def _tell_bundle(
    session: Session, now: datetime, bundle: str, account: Account, starts: datetime, args: dict[str, Any]
) -> datetime:
    about = f"bundle:{bundle}"
    waiting = session.scalar(waiting_digests([about]).where(OutboxMessage.account_id == account.id))
    if waiting is not None:
        join_digest(waiting, args)
        return starts
    due_at = starts + GATHER
    told_at = tell_in_time(session, now, account, "digest", args=args, about=about, due_at=due_at)
    return starts if told_at == due_at else told_at


def waiting_digests(abouts: Iterable[str]) -> Select[OutboxMessage]:
    """The digests of these bundles that have not left: what joins the bundle now is told in them."""
    return not_left("digest", abouts)


def told_anew(session: Session, abouts: Iterable[str]) -> list[str]:
    """Of the lists about these that were sent to a chat, only the newest speaks of its bundle any longer.

    What the others speak of now: the message that tells anew what they told.
    """
    sent = select(OutboxMessage).where(
        OutboxMessage.about.in_(list(abouts)),
        OutboxMessage.template.in_(["digest", GATHERED]),
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.SENT,
    )
    newest: dict[tuple[int, str | None], OutboxMessage] = {}
    older = []
    for one in session.scalars(sent.order_by(OutboxMessage.sent_at.desc(), OutboxMessage.id.desc())):
        later = newest.setdefault((one.account_id, one.about), one)
        if later is not one:
            older.append((one, f"message:{later.id}"))
    for one, about in older:
        one.about = about
    return [about for _, about in older]


def at_the_top(session: Session, now: datetime, grid_id: int) -> set[int]:
    """The operators and the city above a grid: who hears when nobody on its chain can."""
    top = [line_above(session, grid_id)[0].id]
    return {one.person_id for role in (Role.OPERATOR, Role.CITY) for one in holders(session, now, role, top)}


def tell_operators(
    session: Session,
    now: datetime,
    escalation: Escalation,
    due_at: datetime,
    template: str = "nobody_left",
    told: Collection[int] = (),
) -> None:
    """Nobody on the chain has it, or an alert was given up (`alert_dead`): the operators and the city hear.

    Once an hour for each bundle or alarm; those aside who are `told` the alarm itself at the same time.
    """
    people = at_the_top(session, now, escalation.grid_id).difference(told)
    subject = escalation.bundle or str(escalation.id)
    for person, account in sorted(reachable_accounts(session, people).items()):
        about, key = f"escalation:{escalation.id}", f"{template}:{subject}:{person}:{due_at:%Y-%m-%dT%H}"
        if escalation.severity is Severity.ROUTINE:
            tell_in_time(session, now, account, template, about=about, due_at=due_at, dedupe_key=key)
        else:
            post(session, now, account, Priority.ALERT, template, about=about, dedupe_key=key, due_at=due_at)
