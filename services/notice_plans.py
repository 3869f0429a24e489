"""Notices that do not leave at once: planned, repeated, or waiting for a second person who agrees."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Account, Area, Notice, NoticePlan, Person
from models.statements import rows_changed
from rules.first_words import first_words
from rules.mail import Priority
from rules.planning import PlanState, is_too_late, lapses_at, needs_second
from rules.roles import NOTICE_ROLES
from services.areas import within
from services.audit import record
from services.changes import bring_up_to_date
from services.drafts import Draft
from services.leaving_plans import go_on, leave, publish_draft
from services.mailbox import post, say
from services.notice_rights import second_people
from services.policy import policy_at
from services.staff import paths

BATCH = 20
_TOLD_BY = 30
"""Characters of a notice by which its author knows which is meant."""


class NobodyElseError(Exception):
    """A second person has to agree, and nobody can be asked."""


def submit(
    session: Session, now: datetime, draft: Draft, people: int, *, author_id: int, account: Account
) -> Notice | NoticePlan:
    """What its author wants to send: it leaves, is planned, or a second person is asked; until then nothing leaves.

    Raises `NobodyElseError` when a second person has to agree and there is none.
    """
    area = session.get_one(Area, draft.area_id)
    second = needs_second(people, policy_at(session, area.id).confirm_above) and not draft.to_group
    if not second and draft.send_at is None:
        return publish_draft(session, now, draft, author_id, account)
    asked = second_people(session, now, area, author_id) if second else []
    if second and not asked:
        raise NobodyElseError
    plan = _put_down(session, now, draft, people, author_id, account)
    if second:
        _ask(session, now, plan, asked)
    post(session, now, account, Priority.REPLY, "notice_plan", about=f"notice_plan:{plan.id}")
    record(session, now, actor_id=author_id, act="notice_plan", subject=f"area:{area.id}", plan=plan.id)
    return plan


def agree(session: Session, now: datetime, plan: NoticePlan, by: int) -> bool:
    """The second person agrees; False when it is decided already."""
    if not _decide(session, now, plan, PlanState.PLANNED, by, next_at=plan.send_at or now):
        return False
    if plan.next_at is not None and plan.next_at <= now:
        leave(session, now, plan, asleep=False)
    _tell_all(session, now, plan)
    return True


def refuse(session: Session, now: datetime, plan: NoticePlan, by: int, why: str) -> bool:
    """The second person does not, with a word for the author; False when it is decided already."""
    if not _decide(session, now, plan, PlanState.REFUSED, by, next_at=None, why=why):
        return False
    _tell_all(session, now, plan)
    _tell_author(session, now, plan, "plan-told-refused", {"who": _name(session, by), "why": why or "—"})
    return True


def call_off(session: Session, now: datetime, plan: NoticePlan, by: int) -> bool:
    """Nothing more comes of it; False when nothing would have."""
    open_states = [one for one in PlanState if one.is_open]
    mine = (NoticePlan.id == plan.id) & NoticePlan.state.in_(open_states)
    if not _change(session, plan, mine, state=PlanState.CALLED_OFF, next_at=None, decided_by=by, decided_at=now):
        return False
    record(session, now, actor_id=by, act="notice_off", subject=f"area:{plan.area_id}", plan=plan.id)
    _tell_all(session, now, plan)
    return True


def open_plans(session: Session, now: datetime, person_id: int) -> list[NoticePlan]:
    """What is still to come in the areas to which somebody may send notices, the next first."""
    mine = paths(session, now, person_id, NOTICE_ROLES)
    chosen = select(NoticePlan).join(Area, Area.id == NoticePlan.area_id)
    return list(
        session.scalars(chosen.where(NoticePlan.next_at.is_not(None), within(mine)).order_by(NoticePlan.next_at))
    )


def send_planned(session: Session, now: datetime) -> dict[str, int]:
    """The tick: sends what is due, lets go what nobody agreed to, and what is too late to be of use."""
    due = select(NoticePlan).where(NoticePlan.next_at <= now).order_by(NoticePlan.next_at, NoticePlan.id).limit(BATCH)
    plans = session.scalars(due).all()
    counts = {"sent": 0, "lapsed": 0, "late": 0}
    for plan in plans:
        counts[_fall_due(session, now, plan)] += 1
    return {**counts, "left": int(len(plans) == BATCH)}


def _fall_due(session: Session, now: datetime, plan: NoticePlan) -> str:
    if plan.state is PlanState.WAITING:
        _decide(session, now, plan, PlanState.LAPSED, None, next_at=None)
        _tell_author(session, now, plan, "plan-told-lapsed", {})
        became = "lapsed"
    elif plan.next_at is not None and is_too_late(plan.next_at, now):
        _tell_author(session, now, plan, "plan-told-late", {})
        record(session, now, actor_id=None, act="notice_late", subject=f"area:{plan.area_id}", plan=plan.id)
        go_on(session, now, plan, PlanState.LATE)
        became = "late"
    else:
        became = "sent" if leave(session, now, plan, asleep=True) else "late"
    _tell_all(session, now, plan)
    return became


def _put_down(
    session: Session, now: datetime, draft: Draft, people: int, author_id: int, account: Account
) -> NoticePlan:
    plan = NoticePlan(
        author_id=author_id,
        account_id=account.id,
        area_id=draft.area_id,
        body=draft.body,
        audience=draft.audience,
        receipt=draft.receipt,
        is_order=draft.order,
        to_group=draft.to_group,
        file_id=draft.file_id,
        people=people,
        state=PlanState.PLANNED,
        send_at=draft.send_at,
        days=draft.days,
        until=draft.until,
        next_at=draft.send_at,
        created_at=now,
    )
    session.add(plan)
    session.flush()
    return plan


def _ask(session: Session, now: datetime, plan: NoticePlan, accounts: Collection[Account]) -> None:
    awake = policy_at(session, plan.area_id).awake(now)
    plan.state, plan.next_at = PlanState.WAITING, lapses_at(awake, plan.send_at)
    about = f"notice_plan:{plan.id}"
    for account in accounts:
        post(session, now, account, Priority.PROMPT, "notice_confirm", about=about, due_at=awake)
    session.flush()


def _decide(
    session: Session,
    now: datetime,
    plan: NoticePlan,
    state: PlanState,
    by: int | None,
    *,
    next_at: datetime | None,
    why: str = "",
) -> bool:
    waiting = (NoticePlan.id == plan.id) & (NoticePlan.state == PlanState.WAITING)
    if not _change(session, plan, waiting, state=state, next_at=next_at, decided_by=by, decided_at=now, why=why):
        return False
    record(
        session, now, actor_id=by, act="notice_second", subject=f"area:{plan.area_id}", plan=plan.id, became=state.value
    )
    return True


def _change(session: Session, plan: NoticePlan, which: Any, **values: Any) -> bool:
    """Compare and swap: of two who decide at one time, the second changes nothing."""
    session.flush()
    done = rows_changed(session, update(NoticePlan).where(which).values(**values))
    session.refresh(plan)
    return bool(done)


def _tell_all(session: Session, now: datetime, plan: NoticePlan) -> None:
    """Whoever has it before them sees how it stands."""
    bring_up_to_date(session, now, f"notice_plan:{plan.id}")


def _tell_author(session: Session, now: datetime, plan: NoticePlan, key: str, args: dict[str, Any]) -> None:
    account = session.get_one(Account, plan.account_id)
    body = first_words(plan.body, _TOLD_BY)
    awake = policy_at(session, plan.area_id).awake(now)
    say(session, now, account, key, {"body": body, **args}, priority=Priority.PROMPT, due_at=awake)


def _name(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).name
