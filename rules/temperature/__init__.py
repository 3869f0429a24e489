"""Understanding what a resident types as temperatures: 我36.5 爷爷37.4 宝宝36.8.

The way of a message: one spelling (`line`) → parts (`cutting`, with `measures`, `lexicon`) → who is named with which
values (`claims`, `people`, `order`) → one value a member (`assignment`). Never guess: what could be read in two ways
is asked.
"""

from rules.temperature.answers import Member, Reading, Report, Unclear, Why
from rules.temperature.kinship import calls_of
from rules.temperature.understanding import HIGHEST, LOWEST, understand

__all__ = ["HIGHEST", "LOWEST", "Member", "Reading", "Report", "Unclear", "Why", "calls_of", "understand"]
