"""Notices after they were sent, for staff: the list, one with its history, the levels below, who has not read it."""

from collections.abc import Sequence

from channels.port import Message
from models import Area, Notice, NoticeEvent, NoticeFile, Person
from rules.first_words import first_words
from rules.notice_life import NoticeAct, NoticeState
from rules.roles import Level
from services import unread
from services.enquiries.finding import Waiting, waiting
from services.letters.funnel import controls, counts, state_of
from services.letters.notices import body_lines
from services.letters.paper import Paper, letter
from services.mailbox import in_rows
from services.notice_life import history, may_change
from services.receipts import receipts
from services.sent_notices import PAGE, sent_notices
from services.words import Lines, Value

_A_ROW = 3
_NAMES, _DOORS, _AREAS = 20, 15, 9
"""Lines on a page."""


def listing(paper: Paper) -> Message:
    """A page of notices, a button each."""
    start = int(paper.message.args["start"])
    page = sent_notices(paper.session, paper.now, paper.account.person_id or 0, start)
    if not page:
        return letter([paper.line("notices-none")])
    shown = list(enumerate(page[:PAGE], start + 1))
    asked = waiting(paper.session, [notice.id for _, notice in shown])
    lines = [line for at, notice in shown for line in _one_of_list(paper, at, notice, asked.get(notice.id))]
    buttons = [paper.button(f"nhist:{notice.id}", "digest-button", index=at) for at, notice in shown]
    turning = paper.turning("nsent", start, PAGE, more=len(page) > PAGE)
    return letter([paper.line("notices-head"), *lines], [*in_rows(buttons, _A_ROW), turning])


def _one_of_list(paper: Paper, at: int, notice: Notice, asked: Waiting | None) -> list[Lines]:
    count = receipts(paper.session, notice.id)
    said: dict[str, Value] = {
        "index": at,
        "area": paper.session.get_one(Area, notice.area_id).name,
        "first": first_words(notice.body),
        "time": paper.clock(notice.created_at),
        "read": count.read,
        "people": count.people,
    }
    if notice.state is NoticeState.SENDING:
        line = paper.line("notices-line", **said)
    else:
        line = paper.line("notices-line-state", **said, state=paper.word(f"notice-state-{notice.state.value}"))
    return [line, *_waiting(paper, notice, asked)]


def _waiting(paper: Paper, notice: Notice, asked: Waiting | None) -> list[Lines]:
    """How many questions wait, and how long the oldest does: for whoever answers them."""
    if asked is None or asked.since is None or not may_change(paper.session, paper.now, _reader(paper), notice):
        return []
    return [paper.line("notice-questions", count=asked.open, age=paper.age(asked.since))]


def _reader(paper: Paper) -> int:
    return paper.account.person_id or 0


def card(paper: Paper) -> Message:
    """One notice: its text, each that it had before, what was done to it, and what can be done."""
    notice = paper.session.get_one(Notice, paper.subject)
    area = paper.session.get_one(Area, notice.area_id)
    events = history(paper.session, notice)
    began = {"area": area.name, "author": _name(paper, notice.author_id), "time": paper.clock(notice.created_at)}
    parts = [paper.line("notice-card-head", **began)]
    first = next((one.body for one in events if one.act is NoticeAct.SENT), None)
    parts.append(body_lines(first or notice.body))
    if (file := paper.session.get(NoticeFile, notice.file_id) if notice.file_id else None) is not None:
        parts.append(paper.line("notice-card-file", name=file.name, kind="file" if file.name else "picture"))
    parts += [line for one in events if one.act is not NoticeAct.SENT for line in _event(paper, one)]
    count = receipts(paper.session, notice.id)
    if not may_change(paper.session, paper.now, _reader(paper), notice):
        return letter([*parts, *state_of(paper, notice)])
    asked = waiting(paper.session, [notice.id]).get(notice.id)
    parts += [((),), *counts(paper, notice, area, count), *_waiting(paper, notice, asked)]
    questions = [paper.button(f"enq:list:{notice.id}:0", "button-notice-questions", count=asked.asked)] if asked else []
    return letter(parts, [questions, *controls(paper, notice, count, card=True)])


def _event(paper: Paper, one: NoticeEvent) -> list[Lines]:
    args = {"time": paper.clock(one.at), "name": _name(paper, one.person_id)}
    said = [paper.line(f"notice-event-{one.act.value}", **args)]
    return [*said, body_lines(one.body)] if one.body is not None else said


def below(paper: Paper) -> Message:
    """The areas right below one: how many have read it, the slowest first; a button each to what is behind it."""
    notice, area, start = _place(paper)
    found = unread.levels_below(paper.session, notice, area)
    if not found:
        return letter([paper.line("notice-below-none")])
    page = list(enumerate(found[start : start + _AREAS], start + 1))
    head = paper.line("notice-below-head", area=area.name, first=first_words(notice.body))
    lines = [
        paper.line(
            "notice-below-line",
            index=at,
            area=one.name,
            read=count.read,
            people=count.people,
            homes_read=count.homes_read,
            homes=count.homes,
        )
        for at, (one, count) in page
    ]
    buttons = [
        paper.button(f"{_verb(one)}:{notice.id}:{one.id}:0", "notice-below-button", area=one.name)
        for _, (one, _) in page
    ]
    turning = paper.turning(f"nbelow:{notice.id}:{area.id}", start, _AREAS, more=start + _AREAS < len(found))
    return letter([head, *lines], [*in_rows(buttons, _A_ROW), turning])


def _verb(area: Area) -> str:
    return "nbelow" if area.level.depth < Level.GRID.depth else "nwho"


def who(paper: Paper) -> Message:
    """Who has not read it, by name, in the order of the doors; why, where they cannot be told."""
    notice, area, start = _place(paper)
    found = unread.people(paper.session, notice, area)
    head = paper.line("notice-who-head", area=area.name, first=first_words(notice.body), count=len(found))
    lines = _lines(paper, found, start, _NAMES)
    place = f"{notice.id}:{area.id}"
    turning = paper.turning(f"nwho:{place}", start, _NAMES, more=start + _NAMES < len(found))
    if not found:
        return letter([paper.line("notice-all-read", area=area.name)])
    acts = [
        paper.button(f"nremind:{place}", "button-notice-remind"),
        paper.button(f"ndoor:{place}:0", "button-notice-doors"),
    ]
    return letter([head, *lines], [turning, acts])


def doors(paper: Paper) -> Message:
    """The doors at which nobody has read it; the whole of it as a file behind a button."""
    notice, area, start = _place(paper)
    found = unread.doors(paper.session, paper.now, notice, area)
    if not found:
        return letter([paper.line("notice-all-read", area=area.name)])
    head = paper.line("notice-doors-head", area=area.name, first=first_words(notice.body), count=len(found))
    place = f"{notice.id}:{area.id}"
    turning = paper.turning(f"ndoor:{place}", start, _DOORS, more=start + _DOORS < len(found))
    return letter(
        [head, *_lines(paper, found, start, _DOORS)],
        [turning, [paper.button(f"nfile:{place}", "button-notice-file")]],
    )


def _lines(paper: Paper, found: Sequence[unread.Unread], start: int, wide: int) -> list[Lines]:
    return [_line(paper, at, one) for at, one in enumerate(found[start : start + wide], start + 1)]


def _line(paper: Paper, at: int, one: unread.Unread) -> Lines:
    args: dict[str, Value] = {"index": at, "where": one.where, "names": paper.word("list-mark").join(one.names)}
    if one.why is None:
        return paper.line("notice-unread-line", **args)
    return paper.line("notice-unread-line-why", **args, why=paper.word(f"why-{one.why.replace('_', '-')}"))


def _place(paper: Paper) -> tuple[Notice, Area, int]:
    args = paper.message.args
    return paper.session.get_one(Notice, args["notice"]), paper.session.get_one(Area, args["area"]), int(args["start"])


def _name(paper: Paper, person_id: int) -> str:
    return paper.session.get_one(Person, person_id).name
