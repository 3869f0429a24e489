"""How long something has lasted, as people say it, in the reader's language."""

from datetime import timedelta

from services.words import Words


def age_in(words: Words, lasted: timedelta) -> str:
    """In the two largest units that say something: 25 分钟, 3 小时 5 分, 3 小时, 2 天 4 小时."""
    minutes = max(lasted, timedelta(0)) // timedelta(minutes=1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return words.text("age-days", {"days": days, "hours": hours})
    if hours:
        return words.text("age-hours", {"hours": hours, "minutes": minutes})
    return words.text("age-minutes", {"minutes": minutes})


def took_in(words: Words, lasted: timedelta) -> str:
    """The same of what may have taken seconds: 40 秒, 2 分钟."""
    if lasted < timedelta(minutes=1):
        return words.text("age-seconds", {"seconds": max(lasted, timedelta(0)) // timedelta(seconds=1)})
    return age_in(words, lasted)
