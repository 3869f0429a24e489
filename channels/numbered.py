"""Choices where there are no buttons, or too few: a list with the numbers that can be typed."""

from collections.abc import Sequence

from channels.port import Message
from channels.text import Line


def plain(lines: Sequence[Line]) -> str:
    """The words alone, without emphasis."""
    return "\n".join("".join(span.text for span in line) for line in lines).strip("\n")


def choices_of(message: Message) -> list[tuple[str, str]]:
    """Key and label of each choice in order, each with the number that can be typed for it.

    A choice whose label is a number itself, or whose number is another's label, stands without: what is typed then is
    the label. So do all where a number would be an answer itself (`Message.wants_words`).
    """
    choices = [choice for row in message.choices for choice in row]
    if message.wants_words:
        return [(choice.key, choice.label) for choice in choices]
    labels = {choice.label for choice in choices}
    return [
        (choice.key, choice.label if choice.label.isdecimal() or str(number) in labels else f"{number}. {choice.label}")
        for number, choice in enumerate(choices, 1)
    ]


def with_list(words: str, choices: Sequence[tuple[str, str]]) -> str:
    """The words with the choices below them."""
    return "\n".join((words, *(label for _, label in choices)))
