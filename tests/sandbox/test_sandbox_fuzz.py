"""No call, however odd, is anything but answered or refused: never a 500, never an exception."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.errors import ApiError
from sandbox.methods import METHODS, Call
from sandbox.parameters import Parameters
from sandbox.world import World

PHONE = 5_000_001
TEXTS = ["text", "caption", "parse_mode", "action", "callback_query_id", "url", "secret_token", "file_id"]
OBJECTS = ["entities", "caption_entities", "reply_markup", "reply_parameters", "allowed_updates", "commands", "scope"]
OTHERS = ["message_id", "photo", "document", "offset", "limit", "language_code", "description", "menu_button"]

words = st.one_of(st.text(max_size=8), st.sampled_from(["HTML", "[]", "{}", "1"]))
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words)
names = st.sampled_from(
    ["type", "offset", "length", "url", "text", "callback_data", "inline_keyboard", "keyboard", "message_id", "command"]
)


def nest(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3))


values = st.recursive(scalars, nest, max_leaves=8)
calls = st.fixed_dictionaries(
    {"chat_id": st.one_of(st.just(PHONE), values)}, optional=dict.fromkeys([*TEXTS, *OBJECTS, *OTHERS], values)
)


@pytest.mark.parametrize("name", sorted(METHODS))
@settings(max_examples=25)
@given(given_values=calls)
async def test_every_call_is_answered_or_refused(name: str, given_values: dict[str, Any]) -> None:
    world = World(datetime(2020, 2, 5, tzinfo=UTC))
    bot = world.add_bot("1001:secret", "grid_bot", "网格通")
    world.add_phone("王芳", phone_id=PHONE, started=("grid_bot",))
    status = 200
    try:
        await METHODS[name].run(Call(world, bot, Parameters(given_values)))
    except ApiError as error:
        status = error.status
    assert status in {200, 400, 403, 404, 409}
    assert all(message.as_json() and message.as_telegram() for message in world.messages(PHONE, "grid_bot"))
