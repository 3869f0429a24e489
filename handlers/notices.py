"""A notice: its words, a look at it as it will leave, and it is sent (通知); all else is a button under the look."""

from collections.abc import Callable
from typing import Any

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, words_of
from handlers.notice_times import ask_time, ask_until, repeated_until
from handlers.notice_times import typed as typed_time
from handlers.places import PAGE, ask_place, found_under, may_send_to
from handlers.turn import Turn
from models import Area, Notice, NoticeCopy
from rules.media import MediaState
from rules.roles import NOTICE_ROLES
from services.drafts import counted, draft_of, file_of, mark_of, whose_of
from services.forms import keep
from services.groups import posting_place
from services.mailbox import Button
from services.notice_files import show_preview
from services.notice_plans import NobodyElseError, open_plans, submit
from services.notices import acknowledge, copies_together
from services.returning import bring, missed_notices
from services.sent_notices import has_sent
from services.staff import appointments
from services.words import Value

LONGEST_BODY = 3000
"""Characters; with the head line and the receipt it fits into one message everywhere."""

LONGEST_TYPED = 100
"""Characters of a place, a time, or what stands in the blank of a phrase."""

MOST_MISSED = 10
"""Notices that one press brings: the newest."""

_SEND = frozenset({"send", "发送", "确认", "ok"})
_ORDER = frozenset({"order", "命令"})


def _confirm(text: str, answers: Answers) -> str | None:
    """The words, or the button of the newest look: one above it showed something else."""
    said = text.strip().casefold()
    if said in _ORDER or said == f"order{mark_of(answers)}":
        return "order"
    return "send" if said in _SEND or said == f"send{mark_of(answers)}" else None


def _asked_for(name: str) -> Callable[[Answers], bool]:
    """Only when its button was pressed: most notices are their words and a press."""
    return lambda answers: answers.get("asks") == name


_TYPED = words_of(LONGEST_TYPED)
NOTICE = Form(
    "notice",
    (
        Field("body", "notice-ask", "notice-wrong", words_of(LONGEST_BODY)),
        Field("place", "place-ask", "place-wrong", _TYPED, when=_asked_for("place"), back=False, picked=True),
        Field(
            "time", "compose-ask-time", "compose-wrong-time", _TYPED, when=_asked_for("time"), back=False, picked=True
        ),
        Field(
            "last", "compose-ask-until", "compose-wrong-last", _TYPED, when=_asked_for("last"), back=False, picked=True
        ),
        Field("blank", "phrase-ask-blank", "phrase-wrong-blank", _TYPED, when=_asked_for("blank"), back=False),
        Field("confirm", "notice-preview", "notice-confirm-wrong", _confirm, picked=True),
    ),
)


def begin(turn: Turn, forms: Forms) -> None:
    """`/notice`: for which area, when there are several; then the text."""
    held = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    areas = list({area.id: area for one, area in held if one.role in NOTICE_ROLES}.values())
    if not areas:
        turn.reply("notice-not-allowed")
    elif len(areas) == 1:
        choose(turn, forms, areas[0].id)
    else:
        buttons: list[list[Button]] = [[(f"notice:{area.id}", "notice-area", {"name": area.name})] for area in areas]
        turn.reply("notice-which", buttons=buttons)


def choose(turn: Turn, forms: Forms, area_id: int) -> None:
    """The area is chosen; the text is asked for."""
    if turn.session.get(Area, area_id) is None or not may_send_to(turn, area_id):
        turn.reply("not-yours")
        return
    forms.start(turn, NOTICE.name, {"area": area_id})


def look_at(turn: Turn, forms: Forms, answers: Answers) -> None:
    """The notice as it is now, to be looked at."""
    forms.ask(turn, NOTICE.name, "confirm" if "body" in answers else "body", answers)


def _args(turn: Turn, _field: Field, answers: Answers) -> dict[str, Value]:
    return {"area": turn.session.get_one(Area, answers["area"]).name}


def _picks(turn: Turn, field: Field, _answers: Answers) -> list[list[Button]]:
    """Beside the words: what is said often, what is planned, and what was sent."""
    if field.name != "body" or turn.person is None:
        return []
    rows: list[list[Button]] = [[("phrase:list:0", "phrase-button")]]
    if has_sent(turn.session, turn.now, turn.person.id):
        rows[-1].append(("nsent:0", "notices-button"))
    if planned := len(open_plans(turn.session, turn.now, turn.person.id)):
        rows.append([("plan:list", "plan-button", {"count": planned})])
    return rows


def _asks(turn: Turn, field: Field, answers: Answers) -> bool:
    known = dict(answers)
    if field.name == "place":
        ask_place(turn, known)
    elif field.name == "time":
        ask_time(turn, known)
    elif field.name == "last":
        ask_until(turn, known)
    elif field.name == "confirm" and turn.person is not None:
        if (understood := _understood(turn, known)) is not None:
            _show(turn, turn.person.id, understood)
    else:
        return False
    return True


def _understood(turn: Turn, known: dict[str, Any]) -> dict[str, Any] | None:
    """The notice with what was typed last made part of it; None when that is asked again."""
    asked, typed = known.pop("asks", None), None
    if asked is not None:
        typed = known.pop(asked, None)
    if asked is None or typed is None:
        return known
    if asked == "blank":
        return {**known, "body": turn.words.text(f"phrase-{known.pop('phrase')}", {"when": typed})}
    if asked == "time":
        if (timed := typed_time(turn, known, typed)) is not None:
            return timed
        turn.reply("compose-wrong-time")
        ask_time(turn, {**known, "asks": asked})
        return None
    if asked == "last":
        if (repeated := repeated_until(turn, known, typed)) is not None:
            return repeated
        turn.reply("compose-wrong-last")
        ask_until(turn, {**known, "asks": asked})
        return None
    return _placed(turn, known, found_under(turn, typed))


def _placed(turn: Turn, known: dict[str, Any], found: list[int]) -> dict[str, Any] | None:
    if len(found) == 1:
        group = known.get("group", False) and posting_place(turn.session, found[0]) is not None
        return {**known, "area": found[0], "group": group}
    if not 1 < len(found) <= PAGE:
        turn.reply("place-too-many" if found else "place-wrong")
        found = []
    ask_place(turn, {**known, "asks": "place", "found": found})
    return None


def _show(turn: Turn, author_id: int, answers: dict[str, Any]) -> None:
    """Shows the notice; one whose picture is still on its way is shown when that has come."""
    draft = draft_of(answers)
    known = {**answers, "people": [whose_of(draft), counted(turn.session, turn.now, answers)]}
    keep(turn.session, turn.now, turn.account, NOTICE.name, "confirm", known)
    shows = {"draft": known, "author": author_id, "buttons": _choices(known)}
    file = file_of(turn.session, draft.file_id)
    if file is not None and file.state is MediaState.OWED:
        file.shows = shows
        turn.reply("notice-file-coming")
    else:
        show_preview(turn.session, turn.now, turn.account, shows, file)


def _choices(answers: Answers) -> list[list[Button]]:
    """Six at most, for more are no buttons everywhere: the ones that are wanted now and then are behind the fifth."""
    return [
        [(f"form:pick=send{mark_of(answers)}", "notice-send")],
        [("compose:where", "compose-where"), ("compose:who", "compose-who")],
        [("compose:when", "compose-when"), ("compose:more", "compose-more")],
        [("form:cancel", "button-cancel")],
    ]


def _finish(turn: Turn, answers: Answers) -> None:
    if turn.person is None or not may_send_to(turn, answers["area"]):
        turn.reply("not-yours")
        return
    draft = draft_of(answers)
    if draft.send_at is not None and draft.send_at <= turn.now:
        turn.reply("notice-time-over")
        return
    people = sum(counted(turn.session, turn.now, answers).values())
    try:
        submit(turn.session, turn.now, draft, people, author_id=turn.person.id, account=turn.account)
    except NobodyElseError:
        turn.reply("notice-nobody-to-agree")


def read(turn: Turn, number: int) -> None:
    """收到."""
    copy = turn.session.get(NoticeCopy, number)
    if copy is None or copy.account_id != turn.account.id:
        turn.reply("not-yours")
    else:
        acknowledge(turn.session, turn.now, copy)


def read_all(turn: Turn, number: int) -> None:
    """全部收到: the notices that came in one message."""
    for copy in copies_together(turn.session, turn.account, number):
        acknowledge(turn.session, turn.now, copy)


def bring_missed(turn: Turn, first: int) -> None:
    """看通知: what was missed, from that notice on, each as a message of its own."""
    start = turn.session.get(Notice, first)
    found = missed_notices(turn.session, turn.now, turn.account, start.created_at) if start else []
    if not found:
        turn.reply("missed-none")
    for notice in found[-MOST_MISSED:]:
        bring(turn.session, turn.now, turn.account, notice)


FILLINGS = (Filling(NOTICE, _finish, _args, _picks, _asks),)
