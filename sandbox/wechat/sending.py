"""Customer service messages and template messages: checked as strictly as WeChat does, shown on the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.chats import PrivateChat
from sandbox.entities import FormattedText, with_links
from sandbox.markup import Markup
from sandbox.messages import Card, Content
from sandbox.wechat.account import ServiceAccount
from sandbox.wechat.trouble import Trouble
from sandbox.world import World

LONGEST_BYTES = 2048
FindChat = Callable[[ServiceAccount, str], PrivateChat]
OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}


def custom_message(world: World, find: FindChat, account: ServiceAccount, given: dict[str, Any]) -> dict[str, Any]:
    """message/custom/send: text, msgmenu, image. Raises `Trouble`."""
    chat = find(account, str(given.get("touser", "")))
    content, markup = _content(world, account, given)
    if code := account.inbox.window(chat.phone.id).push(world.clock.micros()):
        words = (
            "out of response count limit" if code == 45047 else "response out of time limit or subscription is canceled"
        )
        raise Trouble(code, words)
    world.store(chat, content, by=None, markup=markup)
    world.figures.sent += 1
    return OK


def template_message(world: World, find: FindChat, account: ServiceAccount, given: dict[str, Any]) -> dict[str, Any]:
    """message/template/send; its fate comes later as an event. Raises `Trouble`."""
    chat = find(account, str(given.get("touser", "")))
    if given.get("template_id") not in account.templates:
        raise Trouble(40037, "invalid template_id")
    data = given.get("data", {})
    if any(name.startswith("thing") and len(one.get("value", "")) > 20 for name, one in data.items()):
        raise Trouble(47003, "argument invalid! data.thing.value invalid")
    values = [str(one.get("value", "")) for one in data.values()]
    words, card = "\n".join(values), Card("template", values[0] if values else "", tuple(values[1:]))
    message = world.store(chat, Content(FormattedText(f"【模板消息】\n{words}"), card=card), by=None)
    world.figures.sent += 1
    return {**OK, "msgid": message.id}


def template_result(account: ServiceAccount, phone: int, number: int, status: str) -> None:
    """What became of a template message: "success", "failed:user block", "failed: system failed"."""
    account.inbox.add("template", {"number": number, "status": status}, phone)


def _content(world: World, account: ServiceAccount, given: dict[str, Any]) -> tuple[Content, Markup | None]:
    match given.get("msgtype"):
        case "text":
            return Content(with_links(_words(given.get("text", {}).get("content", "")))), None
        case "msgmenu":
            return _menu(account, given.get("msgmenu", {}))
        case "image":
            stored = world.files.of_bot(account.id, str(given.get("image", {}).get("media_id", "")))
            if stored is None:
                raise Trouble(40007, "invalid media_id")
            return Content(file=stored), None
    raise Trouble(40008, "invalid message type")


def _menu(account: ServiceAccount, menu: dict[str, Any]) -> tuple[Content, Markup]:
    if not account.may_send_menus:
        raise Trouble(40200, "invalid account type")
    links = menu.get("list", [])
    if not links or not all(one.get("id") and one.get("content") for one in links):
        raise Trouble(47001, "data format error")
    rows = tuple(({"text": str(one["content"]), "callback_data": str(one["id"])},) for one in links)
    words = _words("\n".join(filter(None, (menu.get("head_content", ""), menu.get("tail_content", "")))))
    return Content(with_links(words)), Markup("inline", rows)


def _words(words: object) -> str:
    if not isinstance(words, str) or not words.strip():
        raise Trouble(44004, "empty content")
    if len(words.encode("utf-8", "replace")) > LONGEST_BYTES:
        raise Trouble(45002, "content size out of limit")
    return words
