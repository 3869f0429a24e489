"""To whom a question goes: to whoever sent the notice, else to who holds that level now, else further up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Appointment, Area, Enquiry, Notice
from rules.directives import ANSWER_FOR
from rules.enquiries import waits_for_duty
from rules.roles import NOTICE_ROLES, Level, Role, covers
from services.accounts import reachable_accounts
from services.areas import line_above
from services.chain import standing
from services.directives.answering import Answerer, answering, answers_for
from services.staff import appointments, holders, in_force, may_touch


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told of a question, in which chat, at which level; `up`: it came to them from below."""

    person_id: int
    account: Account
    node: Area
    up: bool


def senders_level(session: Session, notice: Notice) -> Area:
    """The area whose level sent a notice: that of its author's post at the time; of an order that was passed on to the
    doors the area that handed it to them.
    """
    here = session.get_one(Area, notice.area_id)
    if notice.directive_id is None:
        held = select(Area).join(Appointment, Appointment.area_id == Area.id)
        mine = (Appointment.person_id == notice.author_id) & Appointment.role.in_(NOTICE_ROLES)
        posts = session.scalars(held.where(mine, in_force(notice.created_at))).all()
        above = [one for one in posts if covers(one.path, here.path)]
        here = max(above, key=lambda one: len(one.path), default=here)
    return next(one for one in reversed(line_above(session, here.id)) if one.level in ANSWER_FOR)


def may_answer(session: Session, now: datetime, person_id: int, notice: Notice, one: Enquiry | None = None) -> bool:
    """Whether somebody answers questions about a notice: who may send notices there, who answers for the level that
    sent it, and whoever was told of `one`.
    """
    if may_touch(session, now, person_id, notice.area_id, NOTICE_ROLES):
        return True
    if one is not None and one.holder_id == person_id and appointments(session, now, person_id):
        return True
    return answers_for(session, now, person_id, senders_level(session, notice))


def may_see_who(session: Session, now: datetime, person_id: int, area_id: int) -> bool:
    """Whether somebody sees the name and the door of who asks: in their own grid or community; further up the area."""
    path = session.get_one(Area, area_id).path
    held = appointments(session, now, person_id)
    return any(area.level.depth >= Level.COMMUNITY.depth and covers(area.path, path) for _, area in held)


def askers_chat(session: Session, one: Enquiry) -> Account | None:
    """Where whoever asked is told: in the chat in which they did while it is theirs, else in another; None: in none."""
    account = session.get_one(Account, one.account_id)
    if account.reachable and account.person_id == one.person_id:
        return account
    return reachable_accounts(session, [one.person_id]).get(one.person_id)


class Addressing:
    """To whom questions go at one instant; who answers for a level is looked up once, however many go there."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now
        self._known: dict[tuple[int, tuple[int | None, ...]], Addressee | list[Answerer]] = {}

    def of(self, one: Enquiry, notice: Notice, *, up: bool = False) -> Addressee | None:
        """Who is told now; None: nobody can be, or somebody of that level will be on duty soon.

        `up`: somebody further up only.
        """
        line = list(reversed(line_above(self._session, one.node_id)))
        found = None if up else self._first(line[0], one.answered_by, notice.author_id)
        if isinstance(found, Addressee):
            return found
        if found and waits_for_duty([each.why_not for each in found], one.came_at, self._now):
            return None
        for node in line[1:]:
            above = self._first(node)
            if isinstance(above, Addressee):
                return replace(above, up=True)
        return None if up else self._operator(line[-1])

    def _first(self, node: Area, *before: int | None) -> Addressee | list[Answerer]:
        """The first who answers for a node and can be told, those of `before` ahead of all; else all of them."""
        if (node.id, before) not in self._known:
            self._known[node.id, before] = self._looked_up(node, before)
        return self._known[node.id, before]

    def _looked_up(self, node: Area, before: Sequence[int | None]) -> Addressee | list[Answerer]:
        people = answering(self._session, self._now, {node.id: node.level})[node.id] if node.level in ANSWER_FOR else []
        people.sort(key=lambda one: before.index(one.person_id) if one.person_id in before else len(before))
        for one in people:
            if one.account_id is not None and one.why_not is None:
                return Addressee(one.person_id, self._session.get_one(Account, one.account_id), node, up=False)
        return people

    def _operator(self, top: Area) -> Addressee | None:
        """Whoever runs the house, where nobody of the whole line can be told."""
        people = [one.person_id for one in holders(self._session, self._now, Role.OPERATOR, [top.id])]
        around = standing(self._session, self._now, set(people))
        person = next((one for one in people if around.why_not(one, Role.OPERATOR) is None), None)
        return None if person is None else Addressee(person, around.accounts[person], top, up=True)
