"""A notice from the head to every door: written, looked at, confirmed (通知)."""

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.turn import Turn
from models import Area, Notice, NoticeCopy
from rules.roles import NOTICE_ROLES
from services.groups import posting_place
from services.mailbox import Button
from services.notices import acknowledge, audience, copies_together, publish
from services.returning import bring, missed_notices
from services.staff import appointments, may_touch
from services.words import Value

LONGEST_BODY = 3000
"""Characters; with the head line and the receipt it fits into one message everywhere."""


MOST_MISSED = 10
"""Notices that one press brings: the newest."""


def _body(text: str, _: Answers) -> str | None:
    body = text.strip()
    return body if 0 < len(body) <= LONGEST_BODY else None


def _confirm(text: str, _: Answers) -> str | None:
    said = text.strip().casefold()
    return "order" if said in {"order", "命令"} else "send" if said in {"send", "发送", "确认", "ok"} else None


def _where(text: str, _: Answers) -> str | None:
    said = text.strip()
    return said if said in {"doors", "group"} else None


def _is_for_group(given: Answers) -> bool:
    return given.get("where") == "group"


def _is_for_doors(given: Answers) -> bool:
    return not _is_for_group(given)


_WHERE = (("doors", "notice-to-doors"), ("group", "notice-to-group"))
_SEND = (("send", "notice-send"),)

NOTICE = Form(
    "notice",
    (
        Field("body", "notice-ask", "notice-wrong", _body),
        Field("where", "notice-where", "notice-where-wrong", _where, choices=_WHERE, when=lambda given: given["group"]),
        Field("confirm", "notice-preview", "notice-confirm-wrong", _confirm, choices=_SEND, when=_is_for_doors),
        Field("post", "notice-preview-group", "notice-confirm-wrong", _confirm, choices=_SEND, when=_is_for_group),
    ),
)


def begin(turn: Turn, forms: Forms) -> None:
    """`/notice`: for which area, when there are several; then the text."""
    areas = [
        area
        for one, area in (appointments(turn.session, turn.now, turn.person.id) if turn.person else [])
        if one.role in NOTICE_ROLES
    ]
    if not areas:
        turn.reply("notice-not-allowed")
    elif len(areas) == 1:
        choose(turn, forms, areas[0].id)
    else:
        buttons: list[list[Button]] = [[(f"notice:{area.id}", "notice-area", {"name": area.name})] for area in areas]
        turn.reply("notice-which", buttons=buttons)


def choose(turn: Turn, forms: Forms, area_id: int) -> None:
    """The area is chosen; the text is asked for."""
    area = turn.session.get(Area, area_id)
    if area is None or turn.person is None or not may_touch(turn.session, turn.now, turn.person.id, area_id):
        turn.reply("not-yours")
        return
    forms.start(turn, NOTICE.name, {"area": area_id, "group": posting_place(turn.session, area_id) is not None})


def _args(turn: Turn, field: Field, answers: Answers) -> dict[str, Value]:
    area = turn.session.get_one(Area, answers["area"])
    if field.name == "body":
        return {"area": area.name}
    if field.name == "post":
        return {"area": area.name, "body": answers["body"]}
    if field.name == "where":
        return {"people": audience(turn.session, area)}
    return {"area": area.name, "body": answers["body"], "people": audience(turn.session, area)}


def _finish(turn: Turn, answers: Answers) -> None:
    area = turn.session.get_one(Area, answers["area"])
    if turn.person is None or not may_touch(turn.session, turn.now, turn.person.id, area.id):
        turn.reply("not-yours")
        return
    # A group that has been unbound meanwhile leaves every door.
    group = posting_place(turn.session, area.id) if _is_for_group(answers) else None
    publish(
        turn.session,
        turn.now,
        author_id=turn.person.id,
        account=turn.account,
        area=area,
        body=str(answers["body"]),
        group=group,
        order=answers.get("confirm") == "order",
    )


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
    found = missed_notices(turn.session, turn.account, start.created_at) if start else []
    if not found:
        turn.reply("missed-none")
    for notice in found[-MOST_MISSED:]:
        bring(turn.session, turn.now, turn.account, notice)


FILLINGS = (Filling(NOTICE, _finish, _args),)
