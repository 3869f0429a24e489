"""The form engine: a conversation is data, and one pure function moves through it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]
Parse = Callable[[str, Answers], Any]
"""The value behind what was typed, given the answers so far; None when it is not understood."""


def words_of(most: int) -> Parse:
    """Whatever is typed, of so many characters at most."""

    def parse(text: str, _: Answers) -> str | None:
        said = text.strip()
        return said if 0 < len(said) <= most else None

    return parse


def line_of(most: int) -> Parse:
    """The same in one line: what stands between words is one space."""
    parse = words_of(most)
    return lambda text, answers: parse(" ".join(text.split()), answers)


@dataclass(frozen=True, slots=True)
class Field:
    """One question: the catalogue's keys of its text and of the hint after a wrong answer, how an answer is read."""

    name: str
    prompt: str
    wrong: str
    parse: Parse
    choices: tuple[tuple[str, str], ...] = ()
    """(value, catalogue key of the label), each pressed or typed."""
    when: Callable[[Answers], bool] = lambda _: True
    ask_number: bool = False
    """Whether the person may hand over their phone number instead."""
    back: bool = True
    """Whether the way back to the question before is offered."""
    picked: bool = False
    """Whether it is answered by buttons that are known only when it is asked: a number is then one of them."""


@dataclass(frozen=True, slots=True)
class Form:
    """A conversation with a name, its questions in order."""

    name: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        names = [field.name for field in self.fields]
        if not names or len(set(names)) != len(names):
            raise ValueError(f"form {self.name}: fields need names of their own")

    def field(self, name: str) -> Field:
        """The question with this name."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Ask:
    """The next question."""

    field: Field
    answers: Answers


@dataclass(frozen=True, slots=True)
class Wrong:
    """The answer was not understood; the question stands."""

    field: Field


@dataclass(frozen=True, slots=True)
class Done:
    """Every question is answered."""

    answers: Answers


@dataclass(frozen=True, slots=True)
class Left:
    """Back from the first question: the form is left."""


def begin(form: Form, answers: Answers) -> Ask | Done:
    """The first question, given what is known already."""
    return _next(form, answers, after=None)


def answer(form: Form, step: str, answers: Answers, text: str) -> Ask | Wrong | Done:
    """What follows when `text` is said to the question `step`."""
    field = form.field(step)
    value = field.parse(text, answers)
    if value is None:
        return Wrong(field)
    return _next(form, {**answers, step: value}, after=step)


def back(form: Form, step: str, answers: Answers) -> Ask | Left:
    """The question before `step`, its answer taken back."""
    earlier = [field for field in form.fields[: _place(form, step)] if field.when(answers)]
    if not earlier:
        return Left()
    again = earlier[-1]
    return Ask(again, {name: value for name, value in answers.items() if name != again.name})


def _next(form: Form, answers: Answers, after: str | None) -> Ask | Done:
    start = 0 if after is None else _place(form, after) + 1
    for field in form.fields[start:]:
        if field.when(answers):
            return Ask(field, answers)
    return Done(answers)


def _place(form: Form, step: str) -> int:
    return [field.name for field in form.fields].index(step)
