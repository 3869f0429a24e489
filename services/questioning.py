"""Answers that look made up, put to the grid's workers as a question once a day (ADR 57); what they make of it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models import AnswerLook, AnswerQuestion, Area, Household, Person, Resident, TemperatureReading
from models.statements import rows_changed
from rules.errors import NotAllowedError
from rules.honesty import TRUSTED, Answers, Limits, Noticed, Reply, may_ask, next_look, noticed, twins
from rules.mail import Priority
from rules.roles import Level
from services.answer_series import series_of
from services.audit import record
from services.chain import first_told
from services.changes import bring_up_to_date
from services.dossier import head_of
from services.mailbox import post, say
from services.phones import account_for
from services.policy import default_policy, policy_at

_AT_ONCE = 200
"""Grids that one look at the clock goes through: at 13:00 those of a whole city are due."""
STANDS = timedelta(days=3)
"""How long a question that nobody has answered is shown."""


def look_at_answers(session: Session, now: datetime) -> dict[str, int]:
    """The tick: the next grid whose time has come; each is looked at once a day, by one process."""
    zone = default_policy(session).timezone
    due = session.execute(
        select(Area.id, AnswerLook.next_at)
        .outerjoin(AnswerLook, AnswerLook.area_id == Area.id)
        .where(Area.level == Level.GRID, or_(AnswerLook.next_at.is_(None), AnswerLook.next_at <= now))
        .order_by(AnswerLook.next_at, Area.id)
        .limit(_AT_ONCE)
    ).all()
    session.add_all(AnswerLook(area_id=grid, next_at=next_look(now, zone)) for grid, at in due if at is None)
    waiting = [(grid, at) for grid, at in due if at is not None]
    counts = {"grids": 0, "questions": 0, "left": int(len(waiting) > 1 or len(due) == _AT_ONCE)}
    for grid, at in waiting[:1]:
        its_turn = (AnswerLook.area_id == grid) & (AnswerLook.next_at == at)
        if rows_changed(session, update(AnswerLook).where(its_turn).values(next_at=next_look(now, zone))):
            counts |= {"grids": 1, "questions": _look(session, now, grid)}
    return counts


def _look(session: Session, now: datetime, grid: int) -> int:
    homes = series_of(session, now, grid)
    if not homes:
        return 0
    limits = replace(Limits(), fever=policy_at(session, grid).thresholds.abnormal)
    alike = twins(homes, limits)
    found = {one.household: signs for one in homes if (signs := _signs(one, now, limits, alike))}
    resting = _asked_lately(session, now, grid) if found else set()
    questions = [
        AnswerQuestion(household_id=home, grid_id=grid, signs=signs, created_at=now)
        for home, signs in found.items()
        if home not in resting
    ]
    if questions:
        session.add_all(questions)
        session.flush()
        _ask_workers(session, now, grid)
    return len(questions)


def _signs(one: Answers, now: datetime, limits: Limits, alike: dict[int, Noticed]) -> list[dict[str, object]]:
    signs = noticed(one, now, limits) + ([alike[one.household]] if one.household in alike else [])
    return [{**asdict(each), "sign": each.sign.value} for each in signs]


def _asked_lately(session: Session, now: datetime, grid: int) -> set[int]:
    """Households that are left in peace: asked about lately, or known to be all right."""
    rows = session.execute(
        select(AnswerQuestion.household_id, AnswerQuestion.created_at, AnswerQuestion.reply).where(
            AnswerQuestion.grid_id == grid, AnswerQuestion.created_at > now - TRUSTED
        )
    )
    return {home for home, at, reply in rows if not may_ask(now, at, all_right=reply is Reply.FINE)}


def _ask_workers(session: Session, now: datetime, grid: int) -> None:
    """One message, to whoever an ordinary alarm would be told first; none at night."""
    due_at = policy_at(session, grid).awake(now)
    for account in first_told(session, now, grid):
        post(session, now, account, Priority.NOTICE, "answers", about=f"answers:{grid}", due_at=due_at)


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


def values_since(session: Session, question: AnswerQuestion) -> list[tuple[str, float, datetime]]:
    """What was measured on members of the household within a day after a worker has asked: name, °C, when."""
    since = question.replied_at or question.created_at
    rows = session.execute(
        select(Person.name, TemperatureReading.celsius, TemperatureReading.at)
        .join(Person, Person.id == TemperatureReading.person_id)
        .join(Resident, Resident.person_id == Person.id)
        .where(
            Resident.household_id == question.household_id,
            TemperatureReading.at >= since,
            TemperatureReading.at < since + timedelta(days=1),
            TemperatureReading.superseded_by.is_(None),
        )
        .order_by(TemperatureReading.id)
    )
    return [(name, celsius, at) for name, celsius, at in rows]


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
