"""What an area may choose, in a few groups: nobody looks through thirty numbers on a phone."""

from enum import StrEnum

from rules.policy import CHOSEN, CHOSEN_LADDERS


class PolicyGroup(StrEnum):
    """The groups, those first that are changed most."""

    ROUNDS = "rounds"
    THRESHOLDS = "thresholds"
    QUIET = "quiet"
    ALARMS = "alarms"
    CLUSTERS = "clusters"
    QUARANTINE = "quarantine"
    OTHER = "other"
    """What nobody has put anywhere; not shown while it is empty."""


_MEMBERS: dict[PolicyGroup, tuple[str, ...]] = {
    PolicyGroup.ROUNDS: ("morning", "evening", "remind_after", "miss_after", "recheck_after", "correct_within"),
    PolicyGroup.THRESHOLDS: ("abnormal", "emergency", "low", "lowest", "highest", "symptoms"),
    PolicyGroup.QUIET: ("quiet_from", "quiet_to", "brief_at", "confirm_above"),
    PolicyGroup.ALARMS: (*CHOSEN_LADDERS, "repeated_after", "turns", "snooze_for", "snoozes"),
    PolicyGroup.CLUSTERS: ("cluster_size", "cluster_hours"),
    PolicyGroup.QUARANTINE: ("quarantine_days",),
}


def names_in(group: PolicyGroup) -> tuple[str, ...]:
    """The names of a group, as `rules.policy.CHOSEN` has them."""
    if group is PolicyGroup.OTHER:
        placed = {name for names in _MEMBERS.values() for name in names}
        return tuple(name for name in CHOSEN if name not in placed)
    return tuple(name for name in _MEMBERS[group] if name in CHOSEN)


def groups() -> tuple[PolicyGroup, ...]:
    """Those that hold something."""
    return tuple(group for group in PolicyGroup if names_in(group))
