"""The door-knock list: a page of households in the order of their addresses."""

from channels.port import Message
from models import ReportRequest
from services.doors import doors
from services.dossier import head_of, phone_line
from services.letters.paper import Paper, letter
from services.mailbox import in_rows
from services.slots import owed
from services.staff import paths
from services.words import Lines

PAGE = 8
_A_ROW = 4


def door_list(paper: Paper) -> Message:
    """What is to be brought in now from the reader's areas, a button a door."""
    every = doors(paper.session, paper.now, paths(paper.session, paper.now, paper.account.person_id or 0))
    if not every:
        return letter([paper.line("doors-none")])
    start = min(int(paper.message.args["start"]), (len(every) - 1) // PAGE * PAGE)
    page = list(enumerate(every[start : start + PAGE], start + 1))
    buttons = [paper.button(f"door:{one.id}", "digest-button", index=at) for at, (one, _) in page]
    turning = paper.turning("doors", start, PAGE, more=start + PAGE < len(every))
    lines = [_door(paper, at, one, where) for at, (one, where) in page]
    rows = in_rows(buttons, _A_ROW)
    return letter([paper.line("doors-head", count=len(every)), *lines], [*rows, turning])


def _door(paper: Paper, at: int, request: ReportRequest, where: str) -> Lines:
    head = head_of(paper.session, request.household_id)
    return paper.line(
        "doors-line",
        index=at,
        where=where,
        names=paper.names(owed(paper.session, request.id)),
        phone=phone_line(paper.session, request.household_id, head) or paper.word("no-phone"),
    )
