"""Whatever shape an update has, it is answered at once and for good, and what comes of it can be kept."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import astuple
from http import HTTPStatus
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from channels.port import Call
from channels.telegram_aiogram import AiogramClient
from channels.telegram_channel import TelegramChannel
from channels.telegram_webhook import SECRET_HEADER, Webhook
from tests.contracts.adapters import BOT, TOKEN, Listener

SECRET, URL, NOWHERE = "the-secret", "http://127.0.0.1:9/telegram/opaque", "http://127.0.0.1:9"
PERSON = {"id": 5, "is_bot": False, "first_name": "芳", "last_name": "王", "language_code": "zh-hans"}
CHAT, GROUP = {"id": 5, "type": "private"}, {"id": -100, "type": "supergroup", "title": "业主群"}
HEAD = {"message_id": 1, "date": 1580889600, "from": PERSON}
UPDATES: tuple[dict[str, Any], ...] = (
    {"message": {**HEAD, "chat": CHAT, "text": "36.5"}},
    {"message": {**HEAD, "chat": GROUP, "text": "/start@gridbot abc"}},
    {"message": {**HEAD, "chat": GROUP, "migrate_to_chat_id": -1001}},
    {"message": {**HEAD, "chat": CHAT, "caption": "36.5", "photo": [{"file_id": "F", "width": 9, "height": 9}]}},
    {"message": {**HEAD, "chat": CHAT, "document": {"file_id": "F", "file_name": "票.pdf", "mime_type": "a/b"}}},
    {"message": {**HEAD, "chat": CHAT, "contact": {"phone_number": "13800000000", "user_id": 5}}},
    {"callback_query": {"id": "7", "from": PERSON, "data": "take:1", "message": {"message_id": 1, "chat": CHAT}}},
    {"my_chat_member": {**HEAD, "chat": CHAT, "new_chat_member": {"status": "kicked", "user": PERSON}}},
)
STRANGE = st.text(st.sampled_from("a9+/ 王🙂\0\n\ud83d\udfff"), max_size=8)
"""Texts with what no database keeps: a NUL, half of a character."""
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | STRANGE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRANGE, inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*path, key)
        yield from places(one, (*path, key))


@st.composite
def spoiled(draw: st.DrawFn) -> dict[str, Any]:
    """An update in which something is missing, or is something else."""
    update = copy.deepcopy(draw(st.sampled_from(UPDATES)))
    for _ in range(draw(st.integers(0, 2))):
        *way, last = draw(st.sampled_from(list(places(update)) or [("message",)]))
        holder = update
        for key in way:
            holder = holder[key]
        if isinstance(holder, dict) and draw(st.booleans()):
            holder.pop(last, None)
        else:
            holder[last] = draw(ANYTHING)
    return {**update, "update_id": draw(st.integers(0, 2**63 - 1))}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)


@given(spoiled())
async def test_no_shape_of_an_update_comes_for_ever_or_cannot_be_kept(update: dict[str, Any]) -> None:
    listener = Listener()
    channel = TelegramChannel(BOT, AiogramClient(TOKEN, NOWHERE, 1.0), Webhook(URL, SECRET))
    [route] = channel.routes(listener.accept)
    body = json.dumps(update).encode()
    answer = await route.answer(Call("POST", {}, {SECRET_HEADER: SECRET}, body))
    await channel.close()

    assert answer.status == HTTPStatus.OK
    for one in listener.heard:
        assert isinstance(one.language, str | None)
        assert one.sender.chat.lstrip("-").isdecimal()
        for text in texts(astuple(one)):
            assert "\0" not in text
            assert text.encode().decode() == text
