"""What a prompt says besides its question: a family reads 28 of them, and they are not all alike."""

from enum import StrEnum

from rules.rounds import Half


class Said(StrEnum):
    """What is said beside the question of a slot."""

    FIRST_MORNING = "first_morning"
    FIRST_EVENING = "first_evening"
    SECOND_DAY = "second_day"
    HALF_WAY = "half_way"
    TWO_LEFT = "two_left"
    LAST_MORNING = "last_morning"
    LAST_EVENING = "last_evening"


def said_on(day: int, days: int, half: Half) -> Said | None:
    """What the prompt of a day (1 is the first) of so many says: the first day explains, the middle one encourages, the
    last one tells what happens next; None on all others.
    """
    morning = half is Half.MORNING
    if day >= days:
        return Said.LAST_MORNING if morning else Said.LAST_EVENING
    if day == 1:
        return Said.FIRST_MORNING if morning else Said.FIRST_EVENING
    on_mornings = {2: Said.SECOND_DAY, (days + 1) // 2: Said.HALF_WAY, days - 2: Said.TWO_LEFT}
    return on_mornings.get(day) if morning else None
