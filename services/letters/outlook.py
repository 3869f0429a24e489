"""At which hours nobody of a grid is on the roster, as its community reads it."""

from datetime import datetime

from channels.port import Message
from models import Area
from services.letters.paper import Paper, letter
from services.words import Lines


def outlook(paper: Paper) -> Message | None:
    """A line for each part of the day; pointless when all of them are over."""
    spans = ((grid, *(datetime.fromisoformat(one) for one in ends)) for grid, *ends in paper.message.args["spans"])
    lines: list[Lines] = [
        paper.line(
            "outlook-line",
            grid=paper.session.get_one(Area, grid).name,
            starts=paper.clock(max(starts, paper.now)),
            ends=paper.clock(ends),
        )
        for grid, starts, ends in spans
        if ends > paper.now
    ]
    return letter([paper.line("outlook"), *lines, paper.line("outlook-what")]) if lines else None
