"""The policy that holds in an area: its own values over those of the areas above it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, AreaPolicy
from rules.policy import Policy, overridden


def default_policy(session: Session) -> Policy:
    """What holds where no area says otherwise."""
    policy = session.info["policy"]
    assert isinstance(policy, Policy)  # noqa: S101 - put there by Database
    return policy


def policy_at(session: Session, area_id: int) -> Policy:
    """The policy in an area, inherited down the tree; looked up once a transaction."""
    return policies_at(session, {area_id})[area_id]


def policies_at(session: Session, area_ids: Collection[int]) -> dict[int, Policy]:
    """The policies of several areas, each looked up once a transaction."""
    known: dict[int, Policy] = session.info.setdefault("policies", {})
    wanted = [one for one in area_ids if one not in known]
    if wanted:
        paths = session.execute(select(Area.id, Area.path).where(Area.id.in_(wanted)))
        above = {area: [int(part) for part in path.strip("/").split("/")] for area, path in paths}
        rows = session.execute(
            select(AreaPolicy.area_id, AreaPolicy.key, AreaPolicy.value)
            .join(Area)
            .where(AreaPolicy.area_id.in_({one for line in above.values() for one in line}))
            .order_by(Area.path, AreaPolicy.key)
        ).all()
        for area in wanted:
            own = {key: str(value) for at, key, value in rows if at in above[area]}
            known[area] = overridden(default_policy(session), own)
    return known


def awake_at(session: Session, now: datetime, area_ids: Collection[int]) -> dict[int, datetime]:
    """By area: now, or when its night is over (invariant 10)."""
    policies = policies_at(session, area_ids)
    own = ((area, policies[area]) for area in area_ids)
    return {area: one.awake(now) for area, one in own}
