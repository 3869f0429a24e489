"""Phones and groups of people: what somebody types and presses, and what they see."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.scene import USERNAME
from tests.standing import as_it_stands, first_of

if TYPE_CHECKING:
    from tests.town import Town


def code_in(message: Heard) -> str:
    """The code of the invite in a message: behind a link, or in the line to type."""
    return re.search(r"(?:[?&](?:start|code)=|/start )([\w-]+)", message.text)[1]  # type: ignore[index]


@dataclass(frozen=True)
class Heard:
    """A message on somebody's phone."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...]
    edited: bool

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Heard:
        buttons = tuple((one["text"], one["data"]) for row in raw["buttons"] for one in row)
        return cls(raw["id"], raw["text"], buttons, raw["edited"] is not None)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons say, without the numbers before them."""
        return tuple(re.sub(r"^\d+\. ", "", label) for label, _ in self.buttons)


class Phone:
    """One person's phone."""

    def __init__(self, town: Town, number: int, name: str, bot: str = USERNAME) -> None:
        self.town, self.number, self.name, self.bot = town, number, name, bot

    async def says(self, text: str) -> Heard:
        """Types, and waits for the answer; returns the last message that came."""
        self.town.sandbox.world.send_text(self.number, self.bot, text)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def starts(self, payload: str = "") -> Heard:
        """Presses START of a deep link."""
        self.town.sandbox.world.start(self.number, self.bot, payload)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def presses(self, message: Heard, label: str) -> Heard:
        """Presses the button with this label under a message, as it stands now; returns the last message that came."""
        present = self.again(message)
        data = next((data for text, data in present.buttons if label in text), None)
        assert data is not None, f"{self.name} sees no {label!r} in {present.labels} under {present.text!r}"
        self.town.sandbox.world.press(self.number, self.bot, message.id, data)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def forges(self, key: str) -> Heard:
        """Presses a button that was never shown: a client of one's own can send any key."""
        sender = {"id": self.number, "is_bot": False, "first_name": self.name}
        message = {"message_id": 1, "date": 0, "chat": {"id": self.number, "type": "private"}}
        query = {"id": f"forged {key}", "from": sender, "chat_instance": "1", "data": key, "message": message}
        self.town.sandbox.world.bot(self.bot).updates.add("callback_query", query, self.number)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def sends_photo(self, content: bytes, caption: str = "") -> Heard:
        """Sends a picture, and waits for what comes of it."""
        self.town.sandbox.world.send_photo(self.number, self.bot, content, caption)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def sends_file(self, name: str, content: bytes) -> Heard:
        """Sends a file, and waits for what comes of it."""
        self.town.sandbox.world.send_document(self.number, self.bot, name, content)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def shares_number(self, number: str, *, own: bool = True) -> Heard:
        """Presses the key that hands over the phone number (or sends somebody else's)."""
        self.town.sandbox.world.send_contact(self.number, self.bot, number, own=own)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def blocks_the_bot(self) -> None:
        self.town.sandbox.world.block(self.number, self.bot)
        await self.town.stage.settle()

    async def unblocks_the_bot(self) -> None:
        self.town.sandbox.world.unblock(self.number, self.bot)
        await self.town.stage.settle()

    def inbox(self) -> list[Heard]:
        """What the bot has said here and has not deleted, oldest first."""
        found = self.town.sandbox.world.messages(self.number, self.bot)
        return [Heard.read(one.as_json()) for one in found if one.from_bot and not one.deleted]

    def again(self, message: Heard) -> Heard:
        """The same message as it stands now."""
        return next(one for one in self.inbox() if one.id == message.id)

    async def hears(self, words: str) -> Heard:
        """The newest message with these words; fails when there is none."""
        await self.town.stage.settle()
        found = [one for one in self.inbox() if words in one.text]
        assert found, f"{self.name} did not hear {words!r}, but: {[one.text for one in self.inbox()]}"
        return found[-1]

    def heard(self, words: str) -> int:
        """How many messages have these words."""
        return sum(words in one.text for one in self.inbox())


class WeChatPhone(Phone):
    """A phone with WeChat or WeCom: what is numbered is chosen by its number, what cannot change is said anew."""

    async def presses(self, message: Heard, label: str) -> Heard:
        """Types the number of a choice that was offered last; older ones are pressed where they stand.

        The choice is one of this message as it was said last, else one that was offered anywhere: the newest.
        """
        inbox = self.inbox()
        mine = [one for one in inbox if self._first(one) == self._first(message)]
        every = [one for one in (*inbox, *mine) if any(label in text for text in one.labels)]
        assert every, f"{self.name} was never offered {label!r}, but: {[one.labels for one in inbox]}"
        present = every[-1]
        shown, data = next((text, data) for text, data in present.buttons if label in text)
        number = re.match(r"\d+(?=\. )", shown)
        if present.id == inbox[-1].id and number:
            return await self.says(number[0])
        if (self.number, present.id) in self.town.ledger.lists:  # not the newest any more: by its words
            return await self.says(re.sub(r"^\d+\. ", "", shown))
        self.town.sandbox.world.press(self.number, self.bot, present.id, data)
        await self.town.stage.settle()
        return self.inbox()[-1]

    async def shares_number(self, number: str, *, own: bool = True) -> Heard:
        """No key hands over a number here: the story is told elsewhere."""
        self.town.needs("own number")
        return await super().shares_number(number, own=own)

    async def sends_file(self, name: str, content: bytes) -> Heard:
        """People send pictures and voices here, and no files."""
        if not name.endswith(".amr"):
            self.town.needs("files from people")
        return await super().sends_file(name, content)

    async def sends_photo(self, content: bytes, caption: str = "") -> Heard:
        """Sends a picture; words beside it are a message of their own here."""
        heard = await super().sends_photo(content)
        return await self.says(caption) if caption else heard

    def inbox(self) -> list[Heard]:
        """What the bot has said here, oldest first; what came in several pieces is one."""
        found: list[Heard] = []
        for one in super().inbox():
            if choices := self.town.ledger.lists.get((self.number, one.id)):  # WeCom: a card has room for six
                one = replace(one, text="", buttons=choices)  # noqa: PLW2901
            number = self.town.ledger.number(self.number, one.id)
            if found and number and number == self.town.ledger.number(self.number, found[-1].id):
                text = "\n".join(filter(None, (found.pop().text, one.text)))
                found.append(replace(one, text=text))
            else:
                found.append(one)
        return found

    def again(self, message: Heard) -> Heard:
        """What it would say to whoever looked at it now (`tests/standing.py`)."""
        number = self.town.ledger.number(self.number, message.id)
        if number is None:  # nobody noted what was sent: the newest with the same head
            head = message.text.partition("\n")[0]
            return [one for one in self.inbox() if one.text.partition("\n")[0] == head][-1]
        found = self.town.read(lambda session: as_it_stands(session, number, self.town.now))
        return Heard(message.id, *found, edited=True) if found else message

    async def hears(self, words: str) -> Heard:
        """The newest message with these words, as it was said or as it would be said to whoever looks."""
        await self.town.stage.settle()
        inbox = self.inbox()
        found = [one for one in inbox if words in one.text] or [one for one in self.standing() if words in one.text]
        assert found, f"{self.name} did not hear {words!r}, but: {[one.text for one in inbox]}"
        present = self.again(found[-1])
        return present if words in present.text else found[-1]

    def heard(self, words: str) -> int:
        """How many messages have these words, each as it would be said now."""
        return sum(words in one.text for one in self.standing())

    def standing(self) -> list[Heard]:
        """What the bot has said here, each message once and as it would be said now."""
        firsts = {self._first(one): one for one in reversed(self.inbox())}
        return [self.again(one) if first > 0 else one for first, one in reversed(firsts.items())]

    def _first(self, message: Heard) -> int:
        """The house's number of the message, or of that which it says anew; below zero: of its own."""
        number = self.town.ledger.number(self.number, message.id)
        return self.town.read(lambda session: first_of(session, number)) if number else -message.id


class Group:
    """A group chat of some phones, and what the bot has said in it."""

    def __init__(self, town: Town, number: int) -> None:
        self.town, self.number = town, number

    async def takes_the_bot(self, by: Phone, link: str = "") -> None:
        """Somebody opens the link of a message and picks this group; without one they just add the bot."""
        payload = link.rpartition("?startgroup=")[2].strip()
        self.town.sandbox.world.groups.add_bot(self.number, by.number, USERNAME, payload)
        await self.town.stage.settle()

    async def puts_the_bot_out(self, by: Phone) -> None:
        self.town.sandbox.world.groups.remove_bot(self.number, by.number, USERNAME)
        await self.town.stage.settle()

    async def says(self, by: Phone, text: str) -> None:
        self.town.sandbox.world.groups.say(self.number, by.number, text)
        await self.town.stage.settle()

    async def presses(self, by: Phone, message: Heard, label: str) -> None:
        present = next(one for one in self.inbox() if one.id == message.id)
        data = next(data for text, data in present.buttons if label in text)
        self.town.sandbox.world.groups.press(self.number, by.number, USERNAME, message.id, data)
        await self.town.stage.settle()

    def inbox(self) -> list[Heard]:
        """What the bot has said here and has not deleted, oldest first."""
        found = self.town.sandbox.world.groups.messages(self.number, USERNAME)
        return [Heard.read(one.as_json()) for one in found if one.from_bot and not one.deleted]
