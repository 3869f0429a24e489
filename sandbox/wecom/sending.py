"""Messages of an application and changes of its cards: checked, counted, shown on the phone, or dropped in silence."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.clock import SECOND
from sandbox.entities import FormattedText, with_links
from sandbox.markup import Markup
from sandbox.messages import Card, Content
from sandbox.wechat.trouble import Trouble
from sandbox.wecom.account import Application
from sandbox.world import World

LONGEST_BYTES = 2048
MOST_BUTTONS = 6
LONGEST_KEY = 1024
TASK = re.compile(r"[0-9A-Za-z_@-]{1,128}")


def send(world: World, application: Application, given: dict[str, Any]) -> dict[str, Any]:
    """message/send to one member. Raises `Trouble`; who was not reached is named in the answer."""
    if given.get("agentid") != application.agent:
        raise Trouble(40056, "invalid agentid")
    member = str(given.get("touser", ""))
    phone = world.phones.get(int(member)) if member.isdecimal() else None
    content, markup = _content(world, application, given)
    if phone is None or phone.deactivated or not world.chat(application, phone).started:
        raise Trouble(81013, "user & party & tag all invalid")
    chat, now = world.chat(application, phone), world.clock.micros()
    answer: dict[str, Any] = {"errcode": 0, "errmsg": "ok", "msgid": f"m{now}"}
    if chat.blocked:
        return {**answer, "invaliduser": member}
    if phone.id in application.unlicensed:
        return {**answer, "unlicenseduser": member}
    if _was_sent(application, given, now):
        return answer
    if application.swallows(phone.id, now):
        world.figures.dropped += 1
        return answer
    message = world.store(chat, content, by=None, markup=markup)
    world.figures.sent += 1
    if given.get("msgtype") == "template_card":
        application.tasks[given["template_card"]["task_id"]] = message
        answer["response_code"] = application.new_code(message, now)
    return answer


def update_card(world: World, application: Application, given: dict[str, Any]) -> dict[str, Any]:
    """update_template_card with another card. Raises `Trouble` for a code that was used, or is too old."""
    card, ends = application.codes.pop(str(given.get("response_code", "")), (None, 0))
    if card is None or ends <= world.clock.micros():
        raise Trouble(42031, "invalid response_code")
    card.content, card.markup = _card(application, given.get("template_card", {}), new=False)
    card.edited = world.clock.unix()
    world.figures.edited += 1
    world.note("bot_edited", world.chat_of(card), message=card.as_json())
    return {"errcode": 0, "errmsg": "ok"}


def _was_sent(application: Application, given: dict[str, Any], now: int) -> bool:
    if not given.get("enable_duplicate_check"):
        return False
    request = json.dumps(given, sort_keys=True)
    again = application.requests.get(request, 0) > now
    application.requests[request] = now + min(int(given.get("duplicate_check_interval", 1800)), 14_400) * SECOND
    return again


def _content(world: World, application: Application, given: dict[str, Any]) -> tuple[Content, Markup | None]:
    kind = given.get("msgtype")
    if kind == "text":
        words = given.get("text", {}).get("content", "")
        if not words.strip():
            raise Trouble(44004, "empty content")
        return Content(with_links(words.encode()[:LONGEST_BYTES].decode("utf-8", "ignore"))), None
    if kind in {"image", "file"}:
        stored = world.files.of_bot(application.id, str(given.get(kind, {}).get("media_id", "")))
        if stored is None or stored.kind != {"image": "photo", "file": "document"}[kind]:
            raise Trouble(40007, "invalid media_id")
        return Content(file=stored), None
    if kind == "template_card":
        return _card(application, given.get("template_card", {}), new=True)
    raise Trouble(40008, "invalid message type")


def _card(application: Application, card: dict[str, Any], *, new: bool) -> tuple[Content, Markup]:
    buttons = card.get("button_list", [])
    if card.get("card_type") != "button_interaction" or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise Trouble(40058, "invalid template_card")
    if any(not one.get("text") or not 0 < len(one.get("key", "").encode()) <= LONGEST_KEY for one in buttons):
        raise Trouble(40058, "invalid button")
    task = str(card.get("task_id", ""))
    if not TASK.fullmatch(task):
        raise Trouble(40058, "invalid task_id")
    if new and task in application.tasks:
        raise Trouble(42014, "task_id duplicated")
    title, below, done = card["main_title"]["title"], card.get("sub_title_text", ""), card.get("replace_text", "")
    words = "\n".join(filter(None, (title, below)))
    open_buttons = [] if done else buttons
    rows = tuple(({"text": one["text"], "callback_data": one["key"]},) for one in open_buttons)
    drawn = Card("buttons", title, tuple(below.split("\n")) if below else (), done)
    return Content(FormattedText(words), card=drawn), Markup("inline", rows)
