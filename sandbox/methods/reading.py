"""getMe, getChat, getFile."""

from __future__ import annotations

from typing import Any

from sandbox.errors import bad_request
from sandbox.files import LARGEST_DOWNLOAD
from sandbox.group_chats import GroupChat
from sandbox.methods.call import Call, Handler


async def get_me(call: Call) -> dict[str, Any]:
    """The bot itself."""
    return call.bot.me()


async def get_chat(call: Call) -> dict[str, Any]:
    """The person behind a chat the bot has been in, or a group that it is in."""
    chat = call.chat()
    if not chat.known:
        raise bad_request("chat not found")
    if isinstance(chat, GroupChat):
        chat.check_writable()
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.place.chat(),
        "accent_color_id": chat.place.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


async def get_file(call: Call) -> dict[str, Any]:
    """Where to download a file from; at most 20 MB."""
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = call.world.files.of_bot(call.bot.id, file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.file(call.bot.id)


METHODS: dict[str, Handler] = {"getMe": get_me, "getChat": get_chat, "getFile": get_file}
