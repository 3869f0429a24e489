"""How long something has lasted, as people say it, in the reader's language."""

from datetime import timedelta

from services.words import Words


def age_in(words: Words, lasted: timedelta) -> str:
    """In the two largest units that say something: 25 分钟, 3 小时 5 分, 2 天 4 小时."""
    minutes = max(lasted, timedelta(0)) // timedelta(minutes=1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return words.text("age-days", {"days": days, "hours": hours})
    if hours:
        return words.text("age-hours", {"hours": hours, "minutes": minutes})
    return words.text("age-minutes", {"minutes": minutes})
