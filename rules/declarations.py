"""What a returnee declares (返乡申报): where from, when they arrived, and how long that still matters."""

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum

LONGEST_AGO = timedelta(days=30)
"""An arrival further back is a mistyped date more often than a declaration."""
NO_TICKET = "none"


class Refusal(StrEnum):
    """Why staff open no quarantine upon a declaration."""

    NOT_NEEDED = "not_needed"
    WRONG = "wrong"
    ELSEWHERE = "elsewhere"


_FULL = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_AGO = {"今天": 0, "today": 0, "昨天": 1, "yesterday": 1, "前天": 2, "大前天": 3}


def arrival(text: str, today: date) -> date | None:
    """The date that somebody means who arrived lately; None for one that is to come, too long ago, or none at all.

    A date without its year is the last one that has been.
    """
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if said in _AGO:
        return today - timedelta(days=_AGO[said])
    try:
        if full := _FULL.fullmatch(said):
            return _lately(date(*map(int, full.groups())), today)
        if short := _SHORT.fullmatch(said):
            month, day = map(int, short.groups())
            this_year = date(today.year, month, day)
            return _lately(this_year if this_year <= today else date(today.year - 1, month, day), today)
    except ValueError:
        return None
    return None


def _lately(day: date, today: date) -> date | None:
    return day if today - LONGEST_AGO <= day <= today else None


def place(text: str) -> str | None:
    """A place that somebody names; None for anything else."""
    said = text.strip()
    return said if 0 < len(said) <= 60 and any(letter.isalpha() for letter in said) else None
