"""What goes out, in no messenger's form, and what came of it when it went well."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, perhaps emphasised."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press: `key` comes back (64 bytes at most), `label` is read."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a file that goes with the words.

    `digest` names the content in the media store. `known` is the messenger's own id of it at this bot, where it has
    been sent from there before; else `content` holds the bytes when the message leaves. What is kept nowhere is made by
    `draw` as it leaves, outside of any transaction.
    """

    digest: str
    name: str
    mime: str
    known: str = ""
    content: bytes = field(default=b"", repr=False)
    draw: Callable[[], bytes] | None = field(default=None, repr=False, compare=False)

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, not only offered for download."""
        return self.mime.startswith("image/")


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: lines of spans and rows of choices, perhaps a picture or a file.

    `ask_number` is the label of a key by which the person hands over their own phone number; "" shows no such key.
    `shortcuts` are rows of buttons for what can be typed as well: they stand below the choices where buttons stand in
    rows, and are left out elsewhere.
    `outside`: the person's window is closed, or what is left of it is kept for something graver; the message goes out
    in the way that the messenger has for that, or not at all (`Unreachable`, `WINDOW_CLOSED`). `number` is the same at
    every attempt to send it and at no other message of the bot; 0: nobody counted. `wants_words`: what is typed next is
    taken as it reads, a number too; a choice below is pressed, or typed by its label.
    """

    lines: tuple[tuple[Span, ...], ...]
    choices: tuple[tuple[Choice, ...], ...] = ()
    attachment: Attachment | None = None
    ask_number: str = ""
    outside: bool = False
    number: int = 0
    shortcuts: tuple[tuple[Choice, ...], ...] = ()
    wants_words: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "\n".join("".join(span.text for span in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that one chat is shown beside its text field, as (command, description)."""

    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """How a bot shows itself to readers of one language: its menu, its description, and the one line of its profile."""

    menu: Menu
    description: str
    about: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The messenger has it; `message_id` is its number there.

    `media` is the messenger's own id of the attachment, to send it again from this bot without its bytes; `moved_to` is
    the chat's new address, where the messenger gave it another. `spent` is how many messages of the messenger it was,
    where they are counted: in a person's window, or among what a member is given in a minute; 0: one like any other.
    `outside`: it had to go without a window. `handle` is what changes it, once, where a messenger wants such a thing,
    or what an adapter wants to know when it is changed.
    """

    message_id: str
    media: str = ""
    moved_to: str = ""
    spent: int = 0
    outside: bool = False
    handle: str = ""
