"""Who answers for a node: its holder first, then whoever can be told in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Appointment, Area, Directive
from models.statements import among
from rules.directives import ANSWER_FOR
from rules.ladder import WhyNot
from rules.roles import Level, Role
from services.chain import standing
from services.staff import appointments, in_force


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody appointed to a node, the chat in which they are told, and why they cannot be (None: they can)."""

    person_id: int
    account_id: int | None
    why_not: WhyNot | None


def answering(session: Session, now: datetime, levels: Mapping[int, Level]) -> dict[int, list[Answerer]]:
    """Who answers for several areas, given with their levels; whoever stands in comes after those whose post it is.

    Who did not answer the last alerts is told all the same: a directive only asks whoever has it.
    """
    posts: dict[int, dict[int, tuple[int, ...]]] = {area: {} for area in levels}
    roles: dict[tuple[int, int], list[Role]] = {}
    rows = session.execute(
        select(Appointment.area_id, Appointment.person_id, Appointment.role, Appointment.stands_for, Appointment.id)
        .where(among(session, Appointment.area_id, levels), in_force(now))
        .order_by(Appointment.id)
    )
    for area, person, role, stands_for, number in rows:
        wanted = ANSWER_FOR[levels[area]]
        if role in wanted:
            place = (wanted.index(role), int(stands_for is not None), number)
            posts[area][person] = min(place, posts[area].get(person, place))
            roles.setdefault((area, person), []).append(role)
    around = standing(session, now, {person for people in posts.values() for person in people}) if roles else None
    found: dict[int, list[Answerer]] = {}
    for area, people in posts.items():
        found[area] = []
        for person in sorted(people, key=people.__getitem__):
            why = around.why_not(person, *roles[area, person]) if around else WhyNot.NOBODY
            account = around.accounts.get(person) if around else None
            found[area].append(Answerer(person, account.id if account else None, None if why is WhyNot.SILENT else why))
    return found


def answers_for(session: Session, now: datetime, person_id: int, area: Area) -> bool:
    """Whether somebody is appointed to exactly this node: nobody confirms for another level."""
    mine = appointments(session, now, person_id)
    return any(held.id == area.id and one.role in ANSWER_FOR.get(area.level, ()) for one, held in mine)


def may_hold_up(session: Session, now: datetime, person_id: int, directive_id: int) -> bool:
    """Whether somebody may hold up, stop or take back what a directive brings to the doors: only where it began."""
    origin = session.get_one(Area, session.get_one(Directive, directive_id).area_id)
    return answers_for(session, now, person_id, origin)


def nodes_of(session: Session, now: datetime, person_id: int) -> Sequence[Area]:
    """The nodes for which somebody answers."""
    mine = appointments(session, now, person_id)
    return [area for one, area in mine if one.role in ANSWER_FOR.get(area.level, ())]
