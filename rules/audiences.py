"""Whom a notice is for, below the area to which it goes."""

from enum import StrEnum

from rules.roles import Role


class Audience(StrEnum):
    """Who is meant."""

    HOUSEHOLDS = "households"
    """Everybody who lives there."""
    QUARANTINED = "quarantined"
    """Everybody behind a door where somebody is in quarantine: a child has no phone of its own."""
    KEY_PEOPLE = "key_people"
    """Everybody behind a door where somebody is one of the key people (重点人群): whoever looks after them."""
    STAFF = "staff"
    """Whoever is appointed there to see and do something."""
    VOLUNTEERS = "volunteers"
    """Whoever helps there."""

    @property
    def at_doors(self) -> bool:
        """Whether its people are met at doors; the others are met at their appointments."""
        return self in {Audience.HOUSEHOLDS, Audience.QUARANTINED, Audience.KEY_PEOPLE}


ROLES_OF: dict[Audience, frozenset[Role]] = {
    Audience.STAFF: frozenset(one for one in Role if one.is_staff) - {Role.VOLUNTEER, Role.OPERATOR},
    Audience.VOLUNTEERS: frozenset({Role.VOLUNTEER}),
}
"""By whose appointments the readers of an audience are found, where it is not by doors."""
