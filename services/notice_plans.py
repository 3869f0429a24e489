"""Notices that do not leave at once: planned, repeated, or waiting for a second person who agrees."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Notice, NoticePlan, Person
from models.statements import rows_changed
from rules.mail import Priority
from rules.planning import PlanState, clock_of, is_too_late, lapses_at, needs_second, next_time
from rules.roles import NOTICE_ROLES, Role
from services.accounts import reachable_accounts
from services.areas import line_above, within
from services.audit import record
from services.drafts import Draft
from services.groups import posting_place
from services.mailbox import bring_up_to_date, post, say
from services.notices import publish
from services.policy import default_policy, policy_at
from services.staff import in_force, may_touch, paths

MAY_CONFIRM = NOTICE_ROLES | {Role.OPERATOR}
"""Who may agree to somebody else's notice: whoever could send it, and the operators where nobody stands above."""
BATCH = 20


class NobodyElseError(Exception):
    """A second person has to agree, and nobody can be asked."""


def may_notify(session: Session, now: datetime, person_id: int, area_id: int) -> bool:
    """Whether somebody may send a notice to an area: by an appointment there or above (invariant 11)."""
    return may_touch(session, now, person_id, area_id, NOTICE_ROLES)


def may_agree(session: Session, now: datetime, person_id: int, plan: NoticePlan) -> bool:
    """Whether somebody may agree to a notice: there or above, and it is not their own."""
    return person_id != plan.author_id and may_touch(session, now, person_id, plan.area_id, MAY_CONFIRM)


def submit(
    session: Session, now: datetime, draft: Draft, people: int, *, author_id: int, account: Account
) -> Notice | NoticePlan:
    """What its author wants to send: it leaves, is planned, or a second person is asked; until then nothing leaves.

    Raises `NobodyElseError` when a second person has to agree and there is none.
    """
    area = session.get_one(Area, draft.area_id)
    second = needs_second(people, policy_at(session, area.id).confirm_above) and not draft.to_group
    if not second and draft.send_at is None:
        return _publish(session, now, draft, author_id, account)
    asked = _second_people(session, now, area, author_id) if second else []
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
        _leave(session, now, plan, asleep=False)
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
        _go_on(session, now, plan, PlanState.LATE)
        became = "late"
    else:
        became = "sent" if _leave(session, now, plan, asleep=True) else "late"
    _tell_all(session, now, plan)
    return became


def _leave(session: Session, now: datetime, plan: NoticePlan, *, asleep: bool) -> bool:
    """It is sent, if its author still may; `asleep`: nobody waits for it at the screen."""
    if not may_notify(session, now, plan.author_id, plan.area_id):
        plan.state, plan.next_at, plan.decided_at = PlanState.CALLED_OFF, None, now
        record(session, now, actor_id=None, act="notice_off", subject=f"area:{plan.area_id}", plan=plan.id)
        return False
    account = session.get_one(Account, plan.account_id)
    draft = Draft(
        plan.area_id, plan.body, plan.audience, plan.receipt, plan.to_group, plan.file_id, order=plan.is_order
    )
    told_at = policy_at(session, plan.area_id).awake(now) if asleep else None
    _publish(session, now, draft, plan.author_id, account, plan.decided_by, told_at)
    _go_on(session, now, plan, PlanState.SENT)
    return True


def _go_on(session: Session, now: datetime, plan: NoticePlan, over: PlanState) -> None:
    """To the next time, or to its end."""
    coming = None
    if plan.days and plan.send_at and plan.until:
        zone = default_policy(session).timezone
        coming = next_time(now, clock_of(plan.send_at, zone), plan.days, plan.until, zone)
    plan.next_at = coming
    plan.send_at = coming or plan.send_at
    plan.state = over if coming is None else PlanState.PLANNED
    session.flush()


def _publish(
    session: Session,
    now: datetime,
    draft: Draft,
    author_id: int,
    account: Account,
    confirmed_by: int | None = None,
    told_at: datetime | None = None,
) -> Notice:
    return publish(
        session,
        now,
        author_id=author_id,
        account=account,
        area=session.get_one(Area, draft.area_id),
        body=draft.body,
        # A group that has been unbound meanwhile leaves every door.
        group=posting_place(session, draft.area_id) if draft.to_group else None,
        order=draft.order,
        audience=draft.audience,
        receipt=draft.receipt,
        file_id=draft.file_id,
        confirmed_by=confirmed_by,
        told_at=told_at,
    )


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


def _second_people(session: Session, now: datetime, area: Area, author_id: int) -> list[Account]:
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
    body = plan.body.split("\n")[0][:30]
    awake = policy_at(session, plan.area_id).awake(now)
    say(session, now, account, key, {"body": body, **args}, priority=Priority.PROMPT, due_at=awake)


def _name(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).name
