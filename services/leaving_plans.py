"""A planned notice leaves, and its plan goes on to the next time or to its end."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Account, Area, Notice, NoticePlan
from rules.planning import PlanState, clock_of, next_time
from services.audit import record
from services.drafts import Draft
from services.groups import posting_place
from services.notice_rights import may_notify
from services.notices import publish
from services.policy import default_policy, policy_at


def leave(session: Session, now: datetime, plan: NoticePlan, *, asleep: bool) -> bool:
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
    publish_draft(session, now, draft, plan.author_id, account, plan.decided_by, told_at)
    go_on(session, now, plan, PlanState.SENT)
    return True


def go_on(session: Session, now: datetime, plan: NoticePlan, over: PlanState) -> None:
    """To the next time, or to its end."""
    coming = None
    if plan.days and plan.send_at and plan.until:
        zone = default_policy(session).timezone
        coming = next_time(now, clock_of(plan.send_at, zone), plan.days, plan.until, zone)
    plan.next_at = coming
    plan.send_at = coming or plan.send_at
    plan.state = over if coming is None else PlanState.PLANNED
    session.flush()


def publish_draft(
    session: Session,
    now: datetime,
    draft: Draft,
    author_id: int,
    account: Account,
    confirmed_by: int | None = None,
    told_at: datetime | None = None,
) -> Notice:
    """A draft becomes a notice: its readers are told at `told_at`; None: now."""
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
