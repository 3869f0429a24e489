"""What a message lets one choose, and how a phone chooses it: a button, a link, or a number that is typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.lines import Line
from bot.demo.messenger import Messenger

_NUMBERED = re.compile(r"(\d{1,2})\. (.+)")


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice as it is shown: what it says, the number before it, and the key behind it when it can be pressed."""

    label: str
    number: str = ""
    key: str = ""


def offers(message: Mapping[str, Any], line: Line) -> list[Offer]:
    """What can be chosen under a message; where there are no buttons, each line of it may be one."""
    buttons = [one for row in message["buttons"] for one in row if one.get("data")]
    if buttons or line.channel == "telegram":
        return [_offer(one["text"], one["data"]) for one in buttons]
    return [_offer(words) for words in message["text"].split("\n")]


async def choose(messenger: Messenger, phone: int, line: Line, message_id: int, offer: Offer) -> None:
    """Chooses as somebody would on that messenger: whoever has a number to type types it while it still counts."""
    if offer.key and not (offer.number and await _is_newest(messenger, phone, line, message_id)):
        await messenger.press(phone, line.username, message_id, offer.key)
    else:
        await messenger.say(phone, line.username, offer.number or offer.label)


def _offer(words: str, key: str = "") -> Offer:
    numbered = _NUMBERED.fullmatch(words)
    return Offer(numbered[2], numbered[1], key) if numbered else Offer(words, key=key)


async def _is_newest(messenger: Messenger, phone: int, line: Line, message_id: int) -> bool:
    said = [one["id"] for one in await messenger.messages(phone, line.username) if one["from"] == "bot"]
    return bool(said) and said[-1] == message_id
