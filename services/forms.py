"""Forms that are being filled in: kept over restarts, reminded once, let go when left alone."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Conversation
from services.foresight import foreseen
from services.mailbox import say
from services.policy import default_policy

REMIND_AFTER = timedelta(minutes=30)
LAPSE_AFTER = timedelta(hours=2)
BATCH = 200


def keep(session: Session, now: datetime, account: Account, form: str, step: str, answers: dict[str, object]) -> None:
    """Remembers where somebody stands in a form; their time begins anew."""
    row = session.get(Conversation, account.id) or Conversation(account_id=account.id)
    row.form, row.step, row.answers = form, step, dict(answers)
    row.touched_at, row.remind_at, row.lapses_at = now, now + REMIND_AFTER, now + LAPSE_AFTER
    session.add(row)
    session.flush()


def standing(session: Session, account: Account) -> Conversation | None:
    """The form that this account is filling in."""
    if account.id in foreseen(session).without_form:
        return None
    return session.get(Conversation, account.id)


def let_go(session: Session, account: Account) -> None:
    """The form is done, or not wanted any more."""
    row = session.get(Conversation, account.id)
    if row:
        session.delete(row)
        session.flush()


def lapse_forms(session: Session, now: datetime) -> dict[str, int]:
    """The tick: a form left alone reminds once, then lapses; at night without a word (invariant 10)."""
    policy = default_policy(session)
    night = policy.is_night(now)
    forgotten = session.scalars(select(Conversation).where(Conversation.lapses_at <= now).limit(BATCH)).all()
    for row in forgotten:
        if not night:
            say(session, now, session.get_one(Account, row.account_id), "form-lapsed")
        session.delete(row)
    session.flush()
    waiting = session.scalars(select(Conversation).where(Conversation.remind_at <= now).limit(BATCH)).all()
    for row in waiting:
        row.remind_at = None
        if not night:
            buttons = [[("form:resume", "button-resume"), ("form:cancel", "button-cancel")]]
            say(session, now, session.get_one(Account, row.account_id), "form-waiting", buttons=buttons)
    return {"reminded": len(waiting), "lapsed": len(forgotten)}
