"""Forms in a chat: asked, answered, taken back, left."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from handlers.form import Answers, Ask, Done, Field, Form, Left, Wrong, answer, back, begin
from handlers.turn import Turn
from services.forms import keep, let_go, standing
from services.mailbox import Button, Buttons
from services.words import Value

GO_ON: Buttons = [[("form:resume", "button-resume"), ("form:cancel", "button-cancel")]]
"""Below what came in between: back to the question that is open, or out of the form."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A form, what happens when it is done, and the arguments of its questions."""

    form: Form
    finish: Callable[[Turn, Answers], None]
    args: Callable[[Turn, Field, Answers], dict[str, Value]] = lambda _turn, _field, _answers: {}
    picks: Callable[[Turn, Field, Answers], list[list[Button]]] = lambda _turn, _field, _answers: []
    """Choices that are known only when the question is asked; each ``form:pick=value``."""
    asks: Callable[[Turn, Field, Answers], bool] = lambda _turn, _field, _answers: False
    """Asks a question in a way of its own; False: it is asked as all others are."""


class Forms:
    """Every form that can be filled in, by name."""

    def __init__(self, *fillings: Filling) -> None:
        self._known = {filling.form.name: filling for filling in fillings}

    def start(self, turn: Turn, name: str, answers: Answers) -> None:
        """Begins a form; one that was open is left."""
        self._follow(turn, self._known[name], begin(self._known[name].form, answers))

    def ask(self, turn: Turn, name: str, step: str, answers: Answers) -> None:
        """Goes to one question of a form, with these answers known."""
        filling = self._known[name]
        self._follow(turn, filling, Ask(filling.form.field(step), answers))

    def hear(self, turn: Turn, text: str) -> bool:
        """Gives a text to the open form; False when none is open."""
        row = standing(turn.session, turn.account)
        if row is None:
            return False
        filling = self._known[row.form]
        self._follow(turn, filling, answer(filling.form, row.step, row.answers, text))
        return True

    def wants_words(self, turn: Turn) -> bool:
        """Whether the open question is answered in words: then a number is an answer (a room), not a choice."""
        row = standing(turn.session, turn.account)
        if row is None:
            return False
        field = self._known[row.form].form.field(row.step)
        return not (field.choices or field.picked)

    def known(self, turn: Turn) -> Answers:
        """What the open form knows already; nothing when none is open."""
        row = standing(turn.session, turn.account)
        return row.answers if row else {}

    def is_open(self, turn: Turn, names: Collection[str]) -> bool:
        """Whether one of these forms is being filled in."""
        row = standing(turn.session, turn.account)
        return row is not None and row.form in names

    def expect(self, turn: Turn, name: str, answers: Answers) -> None:
        """The next text answers the first question of a form, which is not asked: the answer comes with it."""
        keep(turn.session, turn.now, turn.account, name, self._known[name].form.fields[0].name, dict(answers))

    def leave(self, turn: Turn) -> None:
        """Lets the open form go without a word."""
        let_go(turn.session, turn.account)

    def press(self, turn: Turn, what: str) -> None:
        """One of a form's own buttons: back, cancel, resume, or ``pick=value``."""
        row = standing(turn.session, turn.account)
        if row is None:
            turn.reply("form-gone")
            return
        filling = self._known[row.form]
        if what == "cancel":
            let_go(turn.session, turn.account)
            turn.reply("form-cancelled")
        elif what == "back":
            self._follow(turn, filling, back(filling.form, row.step, row.answers))
        elif what == "resume":
            self._follow(turn, filling, Ask(filling.form.field(row.step), row.answers))
        else:
            self.hear(turn, what.removeprefix("pick="))

    def _follow(self, turn: Turn, filling: Filling, step: Ask | Wrong | Done | Left) -> None:
        match step:
            case Ask(field, answers):
                keep(turn.session, turn.now, turn.account, filling.form.name, field.name, dict(answers))
                if filling.asks(turn, field, answers):
                    return
                buttons = [*filling.picks(turn, field, answers), *_buttons(filling.form, field)]
                turn.reply(field.prompt, filling.args(turn, field, answers), buttons, ask_number=field.ask_number)
            case Wrong(field):
                # With what can be picked: where choices have numbers, those of the question do not count any more.
                known = self.known(turn)
                buttons = [*filling.picks(turn, field, known), *_buttons(filling.form, field)]
                turn.reply(field.wrong, filling.args(turn, field, known), buttons)
            case Done(answers):
                let_go(turn.session, turn.account)
                filling.finish(turn, answers)
            case Left():
                let_go(turn.session, turn.account)
                turn.reply("form-cancelled")


def _buttons(form: Form, field: Field) -> list[list[Button]]:
    picks: list[list[Button]] = [[(f"form:pick={value}", label)] for value, label in field.choices]
    way_out: list[Button] = [("form:cancel", "button-cancel")]
    if field.back and field is not form.fields[0]:
        way_out.insert(0, ("form:back", "button-back"))
    return [*picks, way_out]
