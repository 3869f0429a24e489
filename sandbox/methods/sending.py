"""sendMessage, sendPhoto, sendDocument, sendChatAction."""

from __future__ import annotations

from typing import Any, Literal

from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.files import StoredFile
from sandbox.markup import Markup, read_markup
from sandbox.messages import Content, Message
from sandbox.methods.call import Call, Handler
from sandbox.texts import caption_text, message_text

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
    }
)


async def send_message(call: Call) -> dict[str, Any]:
    """A text with an optional keyboard."""
    given = call.parameters
    entities = given.structure("entities", "entities")
    body = message_text(given.text("text"), given.text("parse_mode"), entities)
    return _deliver(call, call.chat(), Content(body))


async def send_photo(call: Call) -> dict[str, Any]:
    """A picture, uploaded or known by its file_id."""
    return _send_file(call, "photo")


async def send_document(call: Call) -> dict[str, Any]:
    """A file, uploaded or known by its file_id."""
    return _send_file(call, "document")


async def send_chat_action(call: Call) -> bool:
    """ "typing…" at the top of the chat."""
    action = call.parameters.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.chat()
    chat.check_writable()
    call.world.note("typing", chat, action=action)
    return True


def _send_file(call: Call, kind: Literal["photo", "document"]) -> dict[str, Any]:
    given = call.parameters
    body = caption_text(
        given.text("caption"), given.text("parse_mode"), given.structure("caption_entities", "caption entities")
    )
    chat = call.chat()
    return _deliver(call, chat, Content(body, _file(call, kind)))


def _file(call: Call, kind: Literal["photo", "document"]) -> StoredFile:
    given, files = call.parameters, call.world.files
    if upload := given.upload(kind):
        if kind == "photo":
            return files.add_photo(upload.content)
        return files.add_document(upload.name, upload.content, upload.mime)
    reference = given.text(kind)
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = files.of_bot(call.bot.id, reference)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return stored


def _deliver(call: Call, chat: Chat, content: Content) -> dict[str, Any]:
    markup: Markup | None = read_markup(call.parameters.structure("reply_markup", "reply keyboard markup"))
    reply_to = _reply_to(call, chat)
    chat.check_writable()
    chat.check_markup(markup)
    chat.spend(call.world.clock.micros())
    message = call.world.store(chat, content, by=None, markup=markup, reply_to=reply_to)
    call.world.figures.sent += 1
    return message.as_telegram()


def _reply_to(call: Call, chat: Chat) -> Message | None:
    given = call.parameters.structure("reply_parameters", "reply parameters")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    message_id = given.get("message_id")
    message = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if message is not None and not message.deleted:
        return message
    if given.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


METHODS: dict[str, Handler] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
