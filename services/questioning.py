"""Answers that look made up, put to the grid's workers as a question once a day (ADR 57); what they make of it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from models import AnswerLook, AnswerQuestion, Area, Household, Person
from models.statements import rows_changed
from rules.errors import NotAllowedError
from rules.honesty import TRUSTED, Answers, Limits, Noticed, Reply, may_ask, next_look, noticed, twins
from rules.ladder import Severity, climb
from rules.mail import Priority
from rules.roles import Level
from services.answer_series import series_of
from services.audit import record
from services.chain import reach, snapshots
from services.dossier import head_of
from services.mailbox import bring_up_to_date, post, say
from services.phones import account_for
from services.policy import default_policy, policies_at

STANDS = timedelta(days=3)
"""How long a question that nobody has answered is shown."""


def look_at_answers(session: Session, now: datetime) -> dict[str, int]:
    """The tick: the next community whose time has come; each is looked at once a day, by one process."""
    zone = default_policy(session).timezone
    due = session.execute(
        select(Area.id, Area.path, AnswerLook.next_at)
        .outerjoin(AnswerLook, AnswerLook.area_id == Area.id)
        .where(Area.level == Level.COMMUNITY, or_(AnswerLook.next_at.is_(None), AnswerLook.next_at <= now))
        .order_by(AnswerLook.next_at, Area.id)
    ).all()
    fresh = [area for area, _, at in due if at is None]
    session.add_all(AnswerLook(area_id=area, next_at=next_look(now, zone)) for area in fresh)
    waiting = [(area, path, at) for area, path, at in due if at is not None]
    counts = {"communities": 0, "questions": 0, "left": int(len(waiting) > 1)}
    for area, path, at in waiting[:1]:
        its_turn = (AnswerLook.area_id == area) & (AnswerLook.next_at == at)
        if rows_changed(session, update(AnswerLook).where(its_turn).values(next_at=next_look(now, zone))):
            counts |= {"communities": 1, "questions": _look(session, now, path)}
    return counts


def _look(session: Session, now: datetime, path: str) -> int:
    grids = series_of(session, now, path)
    policies = policies_at(session, set(grids))
    alike = twins([one for homes in grids.values() for one in homes])
    resting = _asked_lately(session, now, set(grids))
    found: dict[int, list[AnswerQuestion]] = {}
    for grid, homes in grids.items():
        limits = replace(Limits(), fever=policies[grid].thresholds.abnormal)
        for one in homes:
            signs = _signs(one, now, limits, alike)
            if signs and one.household not in resting:
                row = AnswerQuestion(household_id=one.household, grid_id=grid, signs=signs, created_at=now)
                found.setdefault(grid, []).append(row)
    session.add_all(row for rows in found.values() for row in rows)
    session.flush()
    _ask_workers(session, now, found)
    return sum(map(len, found.values()))


def _signs(one: Answers, now: datetime, limits: Limits, alike: dict[int, Noticed]) -> list[dict[str, object]]:
    signs = noticed(one, now, limits) + ([alike[one.household]] if one.household in alike else [])
    return [{**asdict(each), "sign": each.sign.value} for each in signs]


def _asked_lately(session: Session, now: datetime, grids: set[int]) -> set[int]:
    """Households that are left in peace: asked about lately, or known to be all right."""
    fine = AnswerQuestion.reply == Reply.FINE
    rows = session.execute(
        select(AnswerQuestion.household_id, func.max(AnswerQuestion.created_at), fine)
        .where(AnswerQuestion.grid_id.in_(grids), AnswerQuestion.created_at > now - TRUSTED)
        .group_by(AnswerQuestion.household_id, fine)
    )
    return {home for home, at, all_right in rows if not may_ask(now, at, all_right=bool(all_right))}


def _ask_workers(session: Session, now: datetime, found: dict[int, list[AnswerQuestion]]) -> None:
    """One message a grid and day, to whoever an ordinary alarm would be told first; none at night."""
    policies = policies_at(session, set(found))
    for grid, chain in snapshots(session, now, found, Severity.ROUTINE).items():
        around = reach(session, now, chain)
        for person in climb(around.candidates, -1).tell:
            account, due_at = around.accounts[person], policies[grid].awake(now)
            about = f"answers:{grid}"
            post(session, now, account, Priority.NOTICE, "answers", about=about, due_at=due_at)


def open_questions(session: Session, now: datetime, grid_id: int) -> Sequence[AnswerQuestion]:
    """What nobody has answered yet, oldest first."""
    return session.scalars(
        select(AnswerQuestion)
        .where(
            AnswerQuestion.grid_id == grid_id,
            AnswerQuestion.created_at > now - STANDS,
            AnswerQuestion.reply.is_(None),
        )
        .order_by(AnswerQuestion.id)
    ).all()


def answer(session: Session, now: datetime, question: AnswerQuestion, reply: Reply, by: Person) -> bool:
    """A worker has decided; False when the family cannot be asked, whose phone nobody reaches.

    Raises `NotAllowedError` when somebody was quicker.
    """
    if question.reply is not None:
        raise NotAllowedError(question.reply.value)
    if reply is not Reply.FINE and not ask_family(session, now, about_whom(session, question), reply, by):
        return False
    question.reply, question.replied_by, question.replied_at = reply, by.id, now
    subject = f"household:{question.household_id}"
    record(session, now, actor_id=by.id, act="question", subject=subject, reply=reply.value)
    session.flush()
    bring_up_to_date(session, now, f"answers:{question.grid_id}")
    return True


def about_whom(session: Session, question: AnswerQuestion) -> Person | None:
    """The member of whom most is asked: the first who is named, else who stands for the household."""
    named = next((one["person"] for one in question.signs if one["person"] is not None), None)
    return session.get_one(Person, named) if named is not None else head_of(session, question.household_id)


def ask_family(session: Session, now: datetime, person: Person | None, reply: Reply, by: Person) -> bool:
    """Asks a family for a value now, in the worker's name; a question, not a reproach."""
    account = account_for(session, person.id) if person else None
    if person is None or account is None:
        return False
    key = "measure-again" if reply is Reply.PHOTO else "measure-second"
    say(session, now, account, key, {"name": person.name, "who": by.name}, priority=Priority.PROMPT)
    return True


def wishes_to_see(session: Session, now: datetime, home: Household, by: Person) -> None:
    """A worker has asked this household for a photo: the one that comes is theirs."""
    session.add(
        AnswerQuestion(
            household_id=home.id,
            grid_id=home.grid_id,
            signs=[],
            created_at=now,
            reply=Reply.PHOTO,
            replied_by=by.id,
            replied_at=now,
        )
    )


def wants_photo(session: Session, now: datetime, household_id: int) -> set[int]:
    """Who of the staff has asked this household for a photo within a day."""
    rows = session.scalars(
        select(AnswerQuestion.replied_by).where(
            AnswerQuestion.household_id == household_id,
            AnswerQuestion.reply == Reply.PHOTO,
            AnswerQuestion.replied_at > now - timedelta(days=1),
        )
    )
    return {one for one in rows if one is not None}
