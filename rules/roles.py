"""Areas' levels, people's roles, and who may see what."""

from enum import StrEnum


class Level(StrEnum):
    """The levels of the tree, from the top."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"
    UNIT = "unit"

    @property
    def depth(self) -> int:
        """0 for the city, growing downwards."""
        return LEVELS.index(self)


LEVELS = tuple(Level)


class Role(StrEnum):
    """What somebody is to an area."""

    RESIDENT = "resident"
    GRID_WORKER = "grid_worker"
    GRID_HEAD = "grid_head"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"
    CITY = "city"
    OPERATOR = "operator"
    GATE = "gate"
    """Somebody at a compound's gate, who is no grid worker; a new role is last: what was signed names them by place."""
    VOLUNTEER = "volunteer"
    """Somebody who helps in a grid and gets what is for volunteers."""

    @property
    def is_staff(self) -> bool:
        """Whether this role is held by appointment."""
        return self is not Role.RESIDENT


LEVEL_OF_ROLE: dict[Role, Level] = {
    Role.GRID_WORKER: Level.GRID,
    Role.GRID_HEAD: Level.GRID,
    Role.COMMUNITY: Level.COMMUNITY,
    Role.STREET: Level.STREET,
    Role.DISTRICT: Level.DISTRICT,
    Role.CITY: Level.CITY,
    Role.OPERATOR: Level.CITY,
    Role.GATE: Level.COMMUNITY,
    Role.VOLUNTEER: Level.GRID,
}
"""The level of area at which each role is appointed; a gate's may be a grid too (`is_held_at`)."""

NO_STAFF = frozenset({Role.RESIDENT, Role.GATE, Role.VOLUNTEER})
"""Who sees and touches nobody's records: a gate says who went out and checks certificates, and that is all; a volunteer
gets notices.
"""

NOTICE_ROLES = frozenset({Role.GRID_HEAD, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY})
"""Who may send a notice to a part of the tree."""
POLICY_ROLES = frozenset({Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.OPERATOR})
"""Who may choose for an area: whoever answers for a community or more."""


_RANK = (
    Role.VOLUNTEER,
    Role.RESIDENT,
    Role.GATE,
    Role.GRID_WORKER,
    Role.GRID_HEAD,
    Role.COMMUNITY,
    Role.STREET,
    Role.DISTRICT,
    Role.CITY,
)
"""From the door to the city; the operator stands above."""


def roles_below(role: Role) -> tuple[Role, ...]:
    """Those whom somebody with this role may let in: everybody below, the nearest first; a gate from the head on."""
    if role in NO_STAFF:
        return ()
    above = _RANK.index(role) if role in _RANK else len(_RANK)
    below = tuple(reversed(_RANK[:above]))
    return tuple(one for one in below if one is not Role.GATE) if role is Role.GRID_WORKER else below


def is_held_at(role: Role, level: Level) -> bool:
    """Whether areas of a level have such a role."""
    return LEVEL_OF_ROLE.get(role) is level or (role is Role.GATE and level is Level.GRID)


def covers(appointed: str, subject: str) -> bool:
    """Whether an appointment at the path `appointed` reaches `subject`; paths are like ``/1/4/9/``."""
    return subject.startswith(appointed)
