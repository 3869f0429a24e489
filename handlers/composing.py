"""The buttons under a notice that is looked at: each changes one thing about it, and it is looked at again."""

from collections.abc import Callable
from typing import Any

from channels.port import Document, Photo
from handlers import notice_times
from handlers.filling import Forms
from handlers.notices import NOTICE, look_at
from handlers.turn import Turn
from models import Area
from rules.audiences import Audience
from services.drafts import draft_of, mark_of
from services.forms import keep, standing
from services.groups import posting_place
from services.mailbox import Button
from services.notice_files import receive
from services.notice_rights import may_notify

Change = Callable[..., dict[str, Any] | None]
"""What a button makes of a notice; None: it asks for something itself."""


def press(turn: Turn, forms: Forms, what: str, *rest: str) -> None:
    """One of the buttons."""
    row = standing(turn.session, turn.account)
    if what == "look":
        turn.reply("compose-only-a-look")
    elif row is None or row.form != NOTICE.name:
        turn.reply("form-gone")
    elif what in _ASKING:
        forms.ask(turn, NOTICE.name, _ASKING[what], {**row.answers, "asks": _ASKING[what], **_place(rest)})
    else:
        change: Change = _CHANGES.get(what, _nothing)
        if (changed := change(turn, dict(row.answers), *rest)) is not None:
            look_at(turn, forms, changed)


def take_file(turn: Turn, forms: Forms, content: Photo | Document) -> bool:
    """A picture or a file for the notice that is being written; False when none is."""
    row = standing(turn.session, turn.account)
    if row is None or row.form != NOTICE.name:
        return False
    name = content.name if isinstance(content, Document) else ""
    file = receive(turn.session, turn.now, turn.account, content.media, name)
    answers = {**row.answers, "file": file.id, "lent": False}
    if words := content.caption.strip():
        answers["body"] = words
    if "body" in answers:
        look_at(turn, forms, answers)
    else:
        keep(turn.session, turn.now, turn.account, NOTICE.name, "body", answers)
        turn.reply("notice-file-first")
    return True


_ASKING = {"where": "place", "when": "time"}
"""The buttons after which something can be typed, and the question of the form that they are."""


def _place(rest: tuple[str, ...]) -> dict[str, Any]:
    """Which area of the tree is looked at, and which page of what lies below it."""
    at, page = (*rest, "", "")[:2]
    return {"looks_at": int(at) if at.isdecimal() else None, "page": int(page) if page.isdecimal() else 0, "found": []}


def _nothing(_turn: Turn, answers: dict[str, Any], *_: str) -> dict[str, Any]:
    return answers


def _to(turn: Turn, answers: dict[str, Any], area: str) -> dict[str, Any] | None:
    person, chosen = turn.person, turn.session.get(Area, int(area))
    if person is None or chosen is None or not may_notify(turn.session, turn.now, person.id, chosen.id):
        turn.reply("not-yours")
        return None
    group = answers.get("group", False) and posting_place(turn.session, chosen.id) is not None
    return {**answers, "area": chosen.id, "group": group}


def _who(turn: Turn, answers: dict[str, Any], chosen: str = "") -> dict[str, Any] | None:
    if chosen in set(Audience):
        return {**answers, "audience": chosen, "group": False}
    buttons: list[list[Button]] = [
        [(f"compose:who:{one.value}", f"audience-{one.value.replace('_', '-')}")] for one in Audience
    ]
    turn.reply("compose-ask-who", buttons=[*buttons, notice_times.BACK])
    return None


def _more(turn: Turn, answers: dict[str, Any]) -> None:
    """What is changed now and then."""
    draft = draft_of(answers)
    rows: list[list[Button]] = [[("form:back", "compose-words")]]
    if not draft.to_group:
        rows[-1].append(("compose:receipt", "compose-no-receipt" if draft.receipt else "compose-receipt"))
    if draft.file_id:
        rows.append([("compose:nofile", "compose-no-file")])
    if posting_place(turn.session, draft.area_id):
        rows.append([("compose:group", "compose-to-doors" if draft.to_group else "compose-to-group")])
    if not draft.to_group:
        rows.append([(f"form:pick=order{mark_of(answers)}", "notice-send-order")])
    turn.reply("compose-ask-more", buttons=[*rows, notice_times.BACK])


def _receipt(_turn: Turn, answers: dict[str, Any]) -> dict[str, Any]:
    return {**answers, "receipt": not answers.get("receipt", True)}


def _group(turn: Turn, answers: dict[str, Any]) -> dict[str, Any]:
    """Into the group, which is everybody's; or to the doors again."""
    group = not answers.get("group", False) and posting_place(turn.session, answers["area"]) is not None
    return {**answers, "group": group, "audience": Audience.HOUSEHOLDS.value}


def _no_file(_turn: Turn, answers: dict[str, Any]) -> dict[str, Any]:
    return {**answers, "file": None}


def _now(_turn: Turn, answers: dict[str, Any]) -> dict[str, Any]:
    return {**answers, "at": None, "days": "", "until": None}


def _at(turn: Turn, answers: dict[str, Any], key: str) -> dict[str, Any] | None:
    return _or_wrong(turn, notice_times.pressed(turn, answers, key))


def _repeat(turn: Turn, answers: dict[str, Any], days: str, clock: str, lasting: str) -> dict[str, Any] | None:
    return _or_wrong(turn, notice_times.repeated(turn, answers, days, clock, int(lasting)))


def _or_wrong(turn: Turn, changed: dict[str, Any] | None) -> dict[str, Any] | None:
    if changed is None:
        turn.reply("compose-wrong-time")
    return changed


def _days(turn: Turn, _answers: dict[str, Any], chosen: str = "") -> None:
    notice_times.ask_days(turn, chosen.removeprefix("-"))


def _clock(turn: Turn, _answers: dict[str, Any], days: str) -> None:
    notice_times.ask_clock(turn, days)


def _until(turn: Turn, answers: dict[str, Any], days: str, clock: str) -> None:
    notice_times.ask_until(turn, {**answers, "asks": "last", "repeat": [days, clock]})


_CHANGES: dict[str, Change] = {
    "to": _to,
    "who": _who,
    "more": _more,
    "receipt": _receipt,
    "group": _group,
    "nofile": _no_file,
    "now": _now,
    "at": _at,
    "days": _days,
    "clock": _clock,
    "until": _until,
    "repeat": _repeat,
}
