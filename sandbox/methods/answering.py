"""answerCallbackQuery."""

from __future__ import annotations

from sandbox.errors import bad_request
from sandbox.methods.call import Call, Handler

LONGEST_ANSWER = 200


async def answer_callback_query(call: Call) -> bool:
    """Ends the waiting on a pressed button, with a short text or an alert."""
    given, world = call.parameters, call.world
    text = given.text("text")
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.callbacks.answer(call.bot, given.text("callback_query_id"), world.clock.micros())
    chat = world.chat_of(query.message)
    world.note("answered", chat, callback_query_id=query.id, text=text, alert=given.boolean("show_alert"))
    return True


METHODS: dict[str, Handler] = {"answerCallbackQuery": answer_callback_query}
