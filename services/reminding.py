"""Reminders: once a slot, to whoever was asked and is silent; at night they wait (催报)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, String, cast, literal, select, update
from sqlalchemy.orm import Session

from models import Account, GridGroup, ReportRequest
from models.statements import among, plan_for_these_rows
from rules.mail import Priority
from rules.rounds import Half, RequestStatus
from services.mailbox import post, post_many
from services.phones import answering
from services.policy import awake_at
from services.shards import HOUSEHOLDS_A_PART, next_requests


def remind(
    session: Session, now: datetime, below: str | None = None, households: int = HOUSEHOLDS_A_PART
) -> dict[str, int]:
    """Reminds households of a subtree (None: all) that were asked and are silent, once a slot; at night it waits.

    Where the grid's head wants it, its group gets one post in place of a message to each door.
    """
    silent = _reminded(session, next_requests(ReportRequest.remind_at, now, below, households))
    if silent:
        plan_for_these_rows(session)
    asked = [one for one in silent if one.asked_at is not None]
    groups = _groups(session, {one.grid_id for one in asked})
    reminders = _remind_doors(session, now, [one for one in asked if one.grid_id not in groups])
    posts = _remind_in_groups(session, now, [one for one in asked if one.grid_id in groups], groups)
    return {"silent": len(silent), "reminders": reminders, "posts": posts, "left": int(len(silent) == households)}


def _reminded(session: Session, those: Any) -> Sequence[Row[Any]]:
    """Takes their reminder off the requests, and what is needed of them."""
    columns = (ReportRequest.id, ReportRequest.household_id, ReportRequest.grid_id)
    done: Any = session.execute(
        update(ReportRequest)
        .where(those)
        .values(remind_at=None)
        .returning(*columns, ReportRequest.day, ReportRequest.half, ReportRequest.asked_at)
        .execution_options(synchronize_session=False)
    )
    rows: Sequence[Row[Any]] = done.all()
    return rows


def _groups(session: Session, grid_ids: set[int]) -> dict[int, Account]:
    """By grid: the chat in which its reminders are posted once, where its head wants that."""
    rows = session.execute(
        select(GridGroup.area_id, Account)
        .join(Account, Account.id == GridGroup.account_id)
        .where(among(session, GridGroup.area_id, grid_ids), GridGroup.reminders_here)
    )
    return {row.area_id: row.Account for row in rows}


def remind_every_door(session: Session, now: datetime, grid_id: int, day: date, half: Half) -> int:
    """Reminds each household of a grid that was asked in a slot and is silent; how many messages."""
    session.flush()
    silent = [one.id for one in silent_households(session, grid_id, day, half)]
    return _remind_doors(session, now, _reminded(session, among(session, ReportRequest.id, silent)))


def silent_households(session: Session, grid_id: int, day: date, half: Half) -> list[ReportRequest]:
    """Those of a grid and slot that were asked and have not answered."""
    return list(
        session.scalars(
            select(ReportRequest)
            .where(
                ReportRequest.grid_id == grid_id,
                ReportRequest.day == day,
                ReportRequest.half == half,
                ReportRequest.status == RequestStatus.DUE,
                ReportRequest.asked_at.is_not(None),
            )
            .order_by(ReportRequest.id)
        )
    )


def _remind_doors(session: Session, now: datetime, silent: Sequence[Row[Any]]) -> int:
    """A message to everybody who answers for these households and can be reached; how many."""
    due_at = awake_at(session, now, {one.grid_id for one in silent})
    owed = 0
    for when in sorted(set(due_at.values())):
        those = [one for one in silent if due_at[one.grid_id] == when]
        doors = answering(session, [one.household_id for one in those], request_id=[one.id for one in those])
        owed += post_many(
            session,
            now,
            select(doors)
            .join(Account, Account.id == doors.c.account_id)
            .where(Account.reachable)
            .order_by(doors.c.request_id, Account.id),
            Priority.PROMPT,
            "reminder",
            about=literal("request:") + cast(doors.c.request_id, String),
            dedupe_key=None,
            due_at=when,
        )
    return owed


def _remind_in_groups(session: Session, now: datetime, silent: Sequence[Row[Any]], groups: dict[int, Account]) -> int:
    """Once a grid and slot, for all of its silent households; it counts them when it leaves."""
    due_at = awake_at(session, now, {one.grid_id for one in silent})
    posts = 0
    for grid_id, day, half in dict.fromkeys((one.grid_id, one.day.isoformat(), one.half.value) for one in silent):
        owed = post(
            session,
            now,
            groups[grid_id],
            Priority.PROMPT,
            "group_reminder",
            args={"day": day, "half": half},
            about=f"grid:{grid_id}",
            dedupe_key=f"group_reminder:{grid_id}:{day}:{half}",
            due_at=due_at[grid_id],
        )
        posts += int(owed is not None)
    return posts
