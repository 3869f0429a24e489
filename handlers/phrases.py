"""What is sent often, chosen by its name before a notice is written, and kept after one was sent (模板)."""

from typing import Any

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form, line_of
from handlers.notices import NOTICE, look_at
from handlers.places import may_send_to
from handlers.turn import Turn
from models import Area, Notice, NoticePhrase
from rules.roles import covers
from services.drafts import file_of
from services.forms import standing
from services.mailbox import Button, turning
from services.phrases import BUILT_IN, LONGEST_NAME, drop_phrase, keep_phrase, phrases_at

PAGE = 8
"""Names on one screen of buttons."""


NAME = Form("phrase", (Field("name", "phrase-ask-name", "phrase-wrong-name", line_of(LONGEST_NAME)),))


def press(turn: Turn, forms: Forms, what: str, *rest: str) -> None:
    """A page of names, one of them, or its end."""
    row = standing(turn.session, turn.account)
    if what == "drop":
        _drop(turn, int(rest[0]))
    elif row is None or row.form != NOTICE.name:
        turn.reply("form-gone")
    elif what == "built" and rest[0] in BUILT_IN:
        forms.ask(turn, NOTICE.name, "blank", {**row.answers, "asks": "blank", "phrase": rest[0]})
    elif what == "said":
        _choose(turn, forms, row.answers, int(rest[0]))
    else:
        _show(turn, row.answers, int(rest[0]) if rest and rest[0].isdecimal() else 0)


def _show(turn: Turn, answers: Answers, start: int) -> None:
    area = turn.session.get_one(Area, answers["area"])
    names: list[list[Button]] = [
        [(f"phrase:said:{one.id}", "phrase-name-file" if one.file_id else "phrase-name", {"name": one.name})]
        for one in phrases_at(turn.session, area)
    ]
    names += [[(f"phrase:built:{one}", f"phrase-name-{one}")] for one in BUILT_IN]
    pages = turning(lambda at: f"phrase:list:{at}", start, PAGE, more=start + PAGE < len(names))
    turn.reply("phrase-which", buttons=[*names[start : start + PAGE], *([pages] if pages else [])])


def _choose(turn: Turn, forms: Forms, answers: Answers, number: int) -> None:
    one = turn.session.get(NoticePhrase, number)
    area = turn.session.get_one(Area, answers["area"])
    if one is None or not covers(turn.session.get_one(Area, one.area_id).path, area.path):
        turn.reply("not-yours")
        return
    chosen: dict[str, Any] = {"body": one.body, "audience": one.audience.value, "receipt": one.receipt}
    # A picture that was sent for this very notice stays where the phrase has none; that of another phrase does not.
    own = None if answers.get("lent") else answers.get("file")
    lent = one.file_id if file_of(turn.session, one.file_id) is not None else None
    chosen |= {"file": lent or own, "lent": lent is not None}
    look_at(turn, forms, {**answers, **chosen})


def keep(turn: Turn, forms: Forms, number: int) -> None:
    """存为模板: what was sent, under a name that is asked for."""
    notice = turn.session.get(Notice, number)
    if notice is None or not may_send_to(turn, notice.area_id):
        turn.reply("not-yours")
    else:
        forms.start(turn, NAME.name, {"notice": notice.id})


def _finish(turn: Turn, answers: Answers) -> None:
    notice = turn.session.get_one(Notice, answers["notice"])
    if turn.person is None or not may_send_to(turn, notice.area_id):
        turn.reply("not-yours")
        return
    row = keep_phrase(turn.session, turn.now, notice, answers["name"], turn.person.id)
    area = turn.session.get_one(Area, row.area_id)
    buttons: list[list[Button]] = [[(f"phrase:drop:{row.id}", "phrase-drop")]]
    turn.reply("phrase-kept", {"name": row.name, "area": area.name}, buttons)


def _drop(turn: Turn, number: int) -> None:
    row = turn.session.get(NoticePhrase, number)
    if row is None or turn.person is None or not may_send_to(turn, row.area_id):
        turn.reply("phrase-gone")
        return
    name = row.name
    drop_phrase(turn.session, turn.now, row, turn.person.id)
    turn.reply("phrase-dropped", {"name": name})


FILLINGS = (Filling(NAME, _finish),)
