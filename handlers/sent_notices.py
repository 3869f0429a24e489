"""Notices after they were sent: looked at, corrected, withdrawn, held up, let go, stopped (已发通知)."""

from collections.abc import Callable

from handlers.filling import GO_ON, Filling, Forms
from handlers.form import Answers, Field, Form, words_of
from handlers.notices import LONGEST_BODY
from handlers.turn import Turn
from models import Notice
from rules.mail import Priority
from rules.notice_life import NoticeAct
from services.forms import standing
from services.mailbox import post
from services.notice_life import change, may_change
from services.receipts import receipts
from services.sent_notices import has_sent, may_see
from services.staff import paths
from services.words import Value

ACTS: dict[str, NoticeAct] = {
    "pause": NoticeAct.PAUSED,
    "resume": NoticeAct.RESUMED,
    "stop": NoticeAct.STOPPED,
    "withdraw": NoticeAct.WITHDRAWN,
}
_FOR_GOOD = ("stop", "withdraw")


def show_list(turn: Turn, start: int = 0) -> None:
    """What was sent from and to one's own areas, and what one has sent, the newest first."""
    staff = turn.person is not None and paths(turn.session, turn.now, turn.person.id)
    if turn.person is None or not (staff or has_sent(turn.session, turn.now, turn.person.id)):
        turn.reply("staff-only")
        return
    post(turn.session, turn.now, turn.account, Priority.REPLY, "sent_notices", args={"start": start})


def show(turn: Turn, number: int) -> None:
    """One notice: every text that it had, who did what to it, and what can be done now."""
    notice = turn.session.get(Notice, number)
    if turn.person is None or notice is None or not may_see(turn.session, turn.now, turn.person.id, notice):
        turn.reply("not-yours")
        return
    post(turn.session, turn.now, turn.account, Priority.REPLY, "notice_card", about=f"notice_card:{number}")


def press(turn: Turn, forms: Forms, act: str, number: int) -> None:
    """Something is to be done to a notice; what cannot be undone is asked about once."""
    notice = _theirs(turn, number)
    if notice is None:
        return
    if act == "correct":
        forms.start(turn, CORRECT.name, {"notice": number})
    elif act in _FOR_GOOD:
        sure = [[(f"nsure:{act}:{number}", f"button-notice-sure-{act}")]]
        count = receipts(turn.session, number)
        turn.reply(
            f"notice-sure-{act}", {"sent": count.sent, "waiting": count.waiting, "file": _has_file(notice)}, sure
        )
    else:
        _do(turn, notice, act)


def confirm(turn: Turn, act: str, number: int) -> None:
    """It was asked about, and is done."""
    notice = _theirs(turn, number)
    if notice is not None:
        _do(turn, notice, act)


def _do(turn: Turn, notice: Notice, act: str) -> None:
    if turn.person is None or act not in ACTS:
        turn.reply("not-understood")
    elif change(turn.session, turn.now, notice, ACTS[act], turn.person.id):
        turn.reply(f"notice-done-{act}", {"file": _has_file(notice)})
    else:
        turn.reply("notice-not-possible")


def _has_file(notice: Notice) -> str:
    return "no" if notice.file_id is None else "yes"


def _theirs(turn: Turn, number: int) -> Notice | None:
    """The notice, where the reader answers for it; else that is said."""
    notice = turn.session.get(Notice, number)
    if turn.person is None or notice is None or not may_change(turn.session, turn.now, turn.person.id, notice):
        turn.reply("not-yours")
        return None
    return notice


def _confirm(text: str, _: Answers) -> str | None:
    return "send" if text.strip().casefold() in {"send", "改正", "发送", "确认", "ok"} else None


CORRECT = Form(
    "notice_correct",
    (
        Field("body", "notice-correct-ask", "notice-wrong", words_of(LONGEST_BODY)),
        Field(
            "confirm",
            "notice-correct-preview",
            "notice-correct-wrong",
            _confirm,
            choices=(("send", "notice-correct-send"),),
        ),
    ),
)


def _args(turn: Turn, field: Field, answers: Answers) -> dict[str, Value]:
    notice = turn.session.get_one(Notice, answers["notice"])
    if field.name == "body":
        return {"body": notice.body, "file": _has_file(notice)}
    return {"body": answers["body"], "sent": receipts(turn.session, notice.id).sent, "file": _has_file(notice)}


def take_file(turn: Turn, forms: Forms, caption: str) -> bool:
    """A picture or a file for a correction: it cannot be taken, and that is said; words beside it are the new ones.

    False when nothing is corrected. WeChat and WeCom change nothing that was sent, and where Telegram could, a copy
    whose caption is a message of its own could not: one rule is understood everywhere.
    """
    row = standing(turn.session, turn.account) if forms.is_open(turn, {CORRECT.name}) else None
    if row is None:
        return False
    words = caption if row.step == "body" else ""
    notice = turn.session.get_one(Notice, row.answers["notice"])
    turn.reply("notice-correct-words-only", {"file": _has_file(notice)}, () if words else GO_ON)
    if words:
        forms.hear(turn, words)
    return True


def _finish(turn: Turn, answers: Answers) -> None:
    notice = _theirs(turn, answers["notice"])
    if notice is None or turn.person is None:
        return
    body = str(answers["body"])
    if body == notice.body:
        turn.reply("notice-correct-same")
    elif change(turn.session, turn.now, notice, NoticeAct.CORRECTED, turn.person.id, body):
        turn.reply("notice-done-correct")
    else:
        turn.reply("notice-not-possible")


Press = Callable[[Turn, list[str]], None]
FILLINGS = (Filling(CORRECT, _finish, _args),)
BUTTONS: dict[str, Press] = {
    "nsent": lambda turn, rest: show_list(turn, int(rest[0])),
    "nhist": lambda turn, rest: show(turn, int(rest[0])),
    "nsure": lambda turn, rest: confirm(turn, rest[0], int(rest[1])),
}
"""But for what begins a form: that is in handlers/buttons.py."""
