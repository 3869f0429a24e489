"""What is told of a cluster: the place, and everybody who is ill there, with who has them in hand (聚集性发热)."""

from sqlalchemy import func, select

from models import Area, Escalation, Household, Person, TemperatureReading
from rules.escalation import State
from rules.roles import Level
from services.areas import address_below, place
from services.clusters import fevers_of, people_of
from services.letters.paper import Paper
from services.policy import policy_at
from services.words import Lines

LINES = 30
"""People in one message: what a phone shows as one."""


def cluster(paper: Paper, escalation: Escalation) -> list[Lines]:
    """The place, how many are ill there, and each of them as it stands now, the newest last."""
    fevers = fevers_of(paper.session, escalation)
    where, count = place(paper.session, escalation.place_id or escalation.grid_id), len(people_of(fevers))
    hours = policy_at(paper.session, escalation.grid_id).cluster_hours
    level = paper.session.get_one(Area, escalation.place_id or escalation.grid_id).level
    highest = _highest(paper, [one.id for one in fevers])
    parts = [
        paper.line("alert-cluster", where=where, count=count),
        paper.line("alert-cluster-within", hours=hours),
        *(_one(paper, level, at, one, highest.get(one.id)) for at, one in enumerate(fevers[:LINES], 1)),
    ]
    if len(fevers) > LINES:
        parts.append(paper.line("alert-cluster-more", count=len(fevers) - LINES))
    return [*parts, paper.line("alert-opened", time=paper.clock(escalation.opened_at))]


def _highest(paper: Paper, fevers: list[int]) -> dict[int, float]:
    """By alarm: the highest value that was not taken back, in °C; nobody measured: none."""
    rows = paper.session.execute(
        select(TemperatureReading.escalation_id, func.max(TemperatureReading.celsius))
        .where(TemperatureReading.escalation_id.in_(fevers), TemperatureReading.superseded_by.is_(None))
        .group_by(TemperatureReading.escalation_id)
    )
    return {number: celsius for number, celsius in rows if number is not None}


def _one(paper: Paper, level: Level, index: int, fever: Escalation, celsius: float | None) -> Lines:
    home = paper.session.get(Household, fever.household_id) if fever.household_id else None
    outcome = paper.word(f"outcome-{fever.outcome.value.replace('_', '-')}") if fever.outcome else ""
    # Handed to somebody who has not taken it is in nobody's hands.
    return paper.line(
        f"cluster-line-{fever.state.value}",
        index=index,
        name=paper.session.get_one(Person, fever.person_id).name if fever.person_id else "",
        where=address_below(paper.session, home, level) if home else "",
        measured="yes" if celsius else "no",
        celsius=f"{celsius:.1f}" if celsius else "",
        who=paper.names([fever.holder_id]) if fever.holder_id else "",
        outcome=outcome if fever.state is State.CLOSED else "",
    )


def belongs_to(paper: Paper, number: int) -> Lines:
    """Under a fever: which cluster it belongs to, and how many are ill there."""
    escalation = paper.session.get_one(Escalation, number)
    count = len(people_of(fevers_of(paper.session, escalation)))
    where = place(paper.session, escalation.place_id or escalation.grid_id)
    return paper.line("alert-in-cluster", where=where, count=count)
