"""Plain texts of the catalogue."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from channels.port import Choice, Message
from services.letters.paper import Paper, letter


def say(paper: Paper) -> Message:
    """One text and its buttons, as put down by `services.mailbox.say`."""
    args = paper.message.args
    said = letter(
        [paper.line(args["key"], **args["args"])],
        pressable(paper, args["buttons"]),
        pressable(paper, args.get("shortcuts", ())),
    )
    if args.get("ask_number"):
        said = replace(said, ask_number=paper.word("button-share-number"))
    return replace(said, wants_words=True) if args.get("wants_words") else said


def pressable(paper: Paper, rows: Sequence[Sequence[Any]]) -> list[list[Choice]]:
    """Rows of buttons as they were put down: key, label, the arguments of the label."""
    return [[paper.button(button[0], button[1], **(dict(*button[2:]))) for button in row] for row in rows]
