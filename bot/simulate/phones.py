"""What every simulated phone does: it shows what came, counts it, and lets its holder press what it shows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from channels.port import Address, Content, Message, Press
from services.words import text_for

MOST_SHOWN = 60
"""Messages with buttons to which somebody scrolls back."""
_ARGUMENT = "\ufdd2"


class Phone:
    """One chat with one bot."""

    def __init__(self, chat: Address, zone: ZoneInfo) -> None:
        self.chat = chat
        self.blocked = False
        self.heard: Counter[date] = Counter()
        """Messages a local day; what was changed in place rings nowhere and is not counted."""
        self._zone = zone
        self._shown: dict[str, Message] = {}

    def hear(self, number: str, message: Message, now: datetime) -> None:
        """A message has arrived."""
        self.heard[self.local(now).date()] += 1
        self.change(number, message, now)

    def change(self, number: str, message: Message, now: datetime) -> None:
        """The message with this number has changed in place."""
        self._show(number, message)
        self.see(number, message, now)

    def see(self, number: str, message: Message, now: datetime) -> None:
        """Its holder looks at it, and may plan something."""

    def not_certain(self, message: Message, now: datetime) -> None:
        """A message was lost on the way, and nobody can tell."""

    def local(self, moment: datetime) -> datetime:
        """The instant as the phone's clock shows it."""
        return moment.astimezone(self._zone)

    def press(self, number: str, key: str) -> Content | None:
        """Presses a button, if the message still shows it."""
        shown = self._shown.get(number)
        if shown is None or key not in keys_of(shown):
            return None
        return Press(key, number)

    def shows(self, number: str, start: str) -> bool:
        """Whether a message has a button whose key begins so."""
        shown = self._shown.get(number)
        return shown is not None and any(key.startswith(start) for key in keys_of(shown))

    def _show(self, number: str, message: Message) -> None:
        self._shown.pop(number, None)
        if message.choices:
            self._shown[number] = message
            if len(self._shown) > MOST_SHOWN:
                del self._shown[next(iter(self._shown))]


def keys_of(message: Message) -> Iterator[str]:
    """The keys of a message's buttons."""
    return (choice.key for row in message.choices for choice in row)


def mark_of(key: str, *names: str) -> str:
    """By which words people know a text of the catalogue: its longest piece between its arguments `names`."""
    whole = text_for("zh-CN", key, **dict.fromkeys(names, _ARGUMENT))
    return max((line for piece in whole.split(_ARGUMENT) for line in piece.split("\n")), key=len)
