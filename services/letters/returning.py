"""What somebody missed while the bot could not reach them."""

from channels.port import Message
from models import Notice
from rules.first_words import first_words
from services.letters.paper import Paper, letter

_FIRST_WORDS = 30
"""Characters of the newest notice: enough to know whether it can wait."""


def welcome_back(paper: Paper) -> Message:
    """How many notices and alarms, with a button for each kind."""
    notices, alarms = paper.message.args["notices"], int(paper.message.args["alarms"])
    parts, buttons = [paper.line("back-head")], []
    if notices:
        first = first_words(paper.session.get_one(Notice, notices[-1]).body, _FIRST_WORDS)
        parts.append(paper.line("back-notices", count=len(notices), first=first))
        buttons.append([paper.button(f"missed:{notices[0]}", "button-missed", count=len(notices))])
    if alarms:
        parts.append(paper.line("back-alarms", count=alarms))
        buttons.append([paper.button("alarms:0", "button-open-alarms", count=alarms)])
    return letter(parts, buttons)
