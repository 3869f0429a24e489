"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.errors import bad_request, too_many_requests
from sandbox.markup import read_markup
from sandbox.messages import Content, Message
from sandbox.methods.call import Call, Handler
from sandbox.texts import caption_text, message_text

DELETABLE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


async def edit_message_text(call: Call) -> dict[str, Any]:
    """Another text; the keyboard goes unless it is given again."""
    given = call.parameters
    body = message_text(given.text("text"), given.text("parse_mode"), given.structure("entities", "entities"))
    message = _editable(call)
    if message.content.file is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, replace(message.content, body=body))


async def edit_message_caption(call: Call) -> dict[str, Any]:
    """Another caption; the keyboard goes unless it is given again."""
    given = call.parameters
    entities = given.structure("caption_entities", "caption entities")
    body = caption_text(given.text("caption"), given.text("parse_mode"), entities)
    message = _editable(call)
    if message.content.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, replace(message.content, body=body))


async def edit_message_reply_markup(call: Call) -> dict[str, Any]:
    """Another inline keyboard, or none."""
    message = _editable(call)
    return _change(call, message, message.content)


async def delete_message(call: Call) -> bool:
    """A message of either side, not older than 48 hours."""
    if not call.parameters.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = call.chat()
    message = chat.message(call.parameters.integer("message_id"), "delete")
    if call.world.clock.unix() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    if not message.read:
        message.read = True
        chat.unread -= 1
    call.world.note("bot_deleted", chat, message=message.as_json())
    return True


def _editable(call: Call) -> Message:
    chat = call.chat()
    message = chat.message(call.parameters.integer("message_id"), "edit")
    if not message.from_bot or (message.markup and message.markup.kind != "inline"):
        raise bad_request("message can't be edited")
    chat.check_editable()
    return message


def _change(call: Call, message: Message, content: Content) -> dict[str, Any]:
    markup = read_markup(call.parameters.structure("reply_markup", "reply keyboard markup"), inline_only=True)
    if (content, markup) == (message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    now, limit = call.world.clock.micros(), call.bot.limit
    if seconds := limit.wait(now):
        raise too_many_requests(seconds)
    limit.spend(now)
    message.content, message.markup, message.edited = content, markup, call.world.clock.unix()
    call.world.figures.edited += 1
    call.world.note("bot_edited", call.chat(), message=message.as_json())
    return message.as_telegram()


METHODS: dict[str, Handler] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}
