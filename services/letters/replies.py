"""Plain texts of the catalogue."""

from dataclasses import replace

from channels.port import Message
from services.letters.paper import Paper, letter


def say(paper: Paper) -> Message:
    """One text and its buttons, as put down by `services.mailbox.say`."""
    args = paper.message.args
    rows = [[paper.button(button[0], button[1], **(dict(*button[2:]))) for button in row] for row in args["buttons"]]
    said = letter([paper.line(args["key"], **args["args"])], rows)
    return replace(said, ask_number=paper.word("button-share-number")) if args.get("ask_number") else said
