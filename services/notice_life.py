"""What is done to a notice after it was sent: corrected, withdrawn, held up, let go, stopped; all of it on record."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from models import Notice, NoticeEvent, NoticeSweep
from rules.notice_life import ENDED, NoticeAct, Sweep, after
from rules.roles import NOTICE_ROLES
from services.audiences import still_to_come
from services.audit import record
from services.changes import bring_up_to_date
from services.directives.answering import may_hold_up
from services.owing import leave_line
from services.staff import may_touch

BEGINS_AFTER = timedelta(seconds=1)
"""When the first part of what goes over all copies is done: a claim that began before it is over by then."""

_SWEEPS: dict[NoticeAct, tuple[Sweep, ...]] = {
    NoticeAct.CORRECTED: (Sweep.EDITS,),
    NoticeAct.PAUSED: (Sweep.MAIL,),
    NoticeAct.RESUMED: (Sweep.MAIL,),
    NoticeAct.STOPPED: (Sweep.MAIL,),
    NoticeAct.WITHDRAWN: (Sweep.MAIL, Sweep.EDITS),
}


def may_change(session: Session, now: datetime, person_id: int, notice: Notice) -> bool:
    """Whether somebody answers for the notice: appointed to its area, or above, as one who may send notices."""
    return may_touch(session, now, person_id, notice.area_id, NOTICE_ROLES)


def change(session: Session, now: datetime, notice: Notice, act: NoticeAct, by: int, body: str | None = None) -> bool:
    """Does it, and notes who did it when; False where it is not possible any more. `body`: the corrected text.

    What it means for a million copies is done part by part (services/notice_sweeps.py); not one more leaves meanwhile
    that should not, for each is looked at as it leaves.
    """
    becomes = after(notice.state, act)
    if becomes is None or (body is not None and notice.directive_id is not None):
        return False  # nobody changes the words of a directive that came from above
    if notice.directive_id is not None and not may_hold_up(session, now, by, notice.directive_id):
        return False
    if body is not None:
        _keep_first_text(session, notice)
        notice.body, notice.corrected_at = body, now
    notice.state = becomes
    if becomes in ENDED:
        if notice.spread_at is not None:
            notice.left_out, notice.spread_at = still_to_come(session, now, notice), None
        leave_line(session, notice)
    session.add(NoticeEvent(notice_id=notice.id, act=act, person_id=by, at=now, body=body))
    for what in _SWEEPS[act] if notice.group_id is None else ():
        begin_sweep(session, now, notice, what)
    record(session, now, actor_id=by, act=f"notice_{act.value}", subject=f"area:{notice.area_id}", notice=notice.id)
    session.flush()
    bring_up_to_date(session, now, f"notice:{notice.id}")
    bring_up_to_date(session, now, f"group_notice:{notice.id}")
    return True


def begin_sweep(session: Session, now: datetime, notice: Notice, what: Sweep) -> None:
    """Everything of this kind is gone over again from the first copy; one that was under way is not gone on with."""
    same = (NoticeSweep.notice_id == notice.id) & (NoticeSweep.what == what) & NoticeSweep.next_at.is_not(None)
    session.execute(delete(NoticeSweep).where(same), execution_options={"synchronize_session": False})
    due = now + BEGINS_AFTER
    session.add(NoticeSweep(notice_id=notice.id, what=what, area_id=notice.area_id, next_at=due, created_at=now))


def _keep_first_text(session: Session, notice: Notice) -> None:
    kept = exists().where(NoticeEvent.notice_id == notice.id, NoticeEvent.act == NoticeAct.SENT)
    if not session.scalar(select(kept)):
        sent = {"act": NoticeAct.SENT, "person_id": notice.author_id, "at": notice.created_at, "body": notice.body}
        session.add(NoticeEvent(notice_id=notice.id, **sent))
        session.flush()


def history(session: Session, notice: Notice) -> list[NoticeEvent]:
    """What was done to a notice, in order; of one whose text never changed the sending is the notice itself."""
    mine = select(NoticeEvent).where(NoticeEvent.notice_id == notice.id)
    return list(session.scalars(mine.order_by(NoticeEvent.at, NoticeEvent.id)))
