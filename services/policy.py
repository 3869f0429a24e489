"""The policy that holds in an area: its own values over those of the areas above it."""

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
    known: dict[int, Policy] = session.info.setdefault("policies", {})
    if area_id not in known:
        area = session.get_one(Area, area_id)
        above = [int(part) for part in area.path.strip("/").split("/")]
        rows = session.execute(
            select(AreaPolicy.key, AreaPolicy.value)
            .join(Area)
            .where(AreaPolicy.area_id.in_(above))
            .order_by(Area.path, AreaPolicy.key)
        )
        known[area_id] = overridden(default_policy(session), {key: str(value) for key, value in rows})
    return known[area_id]
