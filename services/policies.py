"""What an area chooses for itself and everything below it: put down, taken back, in force from the next round on."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Area, AreaPolicy, Household, Quarantine
from rules.errors import NotAllowedError
from rules.policy import Policy, overridden
from rules.roles import Level
from rules.rounds import slot
from services.areas import areas_below, numbers
from services.audit import record
from services.brief_turns import move_briefs
from services.policy import default_policy, policies_at


def chosen_at(session: Session, area: Area) -> dict[str, tuple[str, str]]:
    """What holds in an area beside the settings of the house: by name, the value and the area that chose it."""
    rows = session.execute(
        select(AreaPolicy.key, AreaPolicy.value, Area.name)
        .join(Area)
        .where(AreaPolicy.area_id.in_(numbers(area.path)))
        .order_by(Area.path)
    )
    return {key: (str(value), name) for key, value, name in rows}


def own_choices(session: Session, area_id: int) -> set[str]:
    """The names of what an area chose itself."""
    return set(session.scalars(select(AreaPolicy.key).where(AreaPolicy.area_id == area_id)))


def choose(session: Session, now: datetime, area: Area, name: str, value: str, by: int | None) -> Policy:
    """Puts an area's own value down, in the audit too; what holds there from the next round on.

    Raises `NotAllowedError` for what is no policy of an area or does not fit it (`rules.policy.overridden`).
    """
    if area.level.depth > Level.GRID.depth:
        raise NotAllowedError(f"{area.level.value}: policies are those of a grid or above")
    overridden(default_policy(session), {name: value})
    row = _row(session, area, name)
    before = None if row is None else str(row.value)
    if row is None:
        session.add(AreaPolicy(area_id=area.id, key=name, value=value))
    else:
        row.value = value
    record(session, now, actor_id=by, act="policy", subject=f"area:{area.id}", name=name, before=before, value=value)
    return _in_force(session, now, area)


def choose_no_more(session: Session, now: datetime, area: Area, name: str, by: int | None) -> Policy:
    """The area has again what holds above it. Raises `NotAllowedError` when it chose nothing of this name."""
    row = _row(session, area, name)
    if row is None:
        raise NotAllowedError(name)
    before = str(row.value)
    session.delete(row)
    record(session, now, actor_id=by, act="policy", subject=f"area:{area.id}", name=name, before=before, value=None)
    return _in_force(session, now, area)


def _row(session: Session, area: Area, name: str) -> AreaPolicy | None:
    return session.scalar(select(AreaPolicy).where(AreaPolicy.area_id == area.id, AreaPolicy.key == name))


def _in_force(session: Session, now: datetime, area: Area) -> Policy:
    """Rounds that are still to open below it open when the policy now says; those that are open stay as they are."""
    session.flush()
    session.info.pop("policies", None)
    grids = [one.id for one in areas_below(session, [area.path], Level.GRID)]
    policies = policies_at(session, {area.id, *grids})
    for grid in grids:
        _move_rounds(session, now, grid, policies[grid])
    move_briefs(session, now, area.path)
    return policies[area.id]


def _move_rounds(session: Session, now: datetime, grid: int, policy: Policy) -> None:
    here = Quarantine.household_id.in_(select(Household.id).where(Household.grid_id == grid))
    waiting = (here, Quarantine.next_at > now)
    slots = session.execute(select(Quarantine.next_day, Quarantine.next_half).where(*waiting).distinct()).all()
    for day, half in slots:
        if day is None or half is None:
            continue
        session.execute(
            update(Quarantine)
            .where(*waiting, Quarantine.next_day == day, Quarantine.next_half == half)
            .values(next_at=slot(day, half, policy).opens_at)
            .execution_options(synchronize_session=False)
        )
