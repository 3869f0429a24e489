"""The form engine: forwards, backwards, never lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.form import Answers, Ask, Done, Field, Form, Left, Wrong, answer, back, begin

BACK = "back"


def _words(text: str, _: Answers) -> str | None:
    return text.strip() or None


def _yes_or_no(text: str, _: Answers) -> bool | None:
    return {"yes": True, "no": False}.get(text)


def _asked(name: str, **more: Any) -> Field:
    return Field(name, f"ask-{name}", f"wrong-{name}", more.pop("parse", _words), **more)


VISIT = Form(
    "visit",
    (
        _asked("name"),
        _asked("travelled", parse=_yes_or_no, choices=(("yes", "label-yes"), ("no", "label-no"))),
        _asked("origin", when=lambda answers: answers["travelled"] is True),
        _asked("train", when=lambda answers: answers["travelled"] is True and answers["origin"] != "here"),
        _asked("room"),
    ),
)


@dataclass(frozen=True)
class _Conversation:
    """A form as far as it has come."""

    form: Form
    now: Ask | Done | Left

    def hears(self, said: str) -> "_Conversation":
        """After one thing said, or `BACK`; a wrong answer leaves the question standing."""
        if not isinstance(self.now, Ask):
            return self
        name, answers = self.now.field.name, self.now.answers
        then = back(self.form, name, answers) if said == BACK else answer(self.form, name, answers, said)
        return self if isinstance(then, Wrong) else _Conversation(self.form, then)


def _after(form: Form, said: list[str], known: Mapping[str, Any] | None = None) -> Ask | Done | Left:
    conversation = _Conversation(form, begin(form, known or {}))
    for one in said:
        conversation = conversation.hears(one)
    return conversation.now


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Up to seven fields; some are asked only when the answer before is yes, or when it is in the form at all."""
    conditions = (
        lambda _before: lambda _answers: True,
        lambda before: lambda answers: answers.get(before) is True,
        lambda before: lambda answers: before in answers,
    )
    fields: list[Field] = []
    for number in range(draw(st.integers(1, 7))):
        before = f"f{draw(st.integers(0, max(number - 1, 0)))}" if number else "nothing"
        condition = draw(st.sampled_from(conditions))(before)
        fields.append(_asked(f"f{number}", parse=draw(st.sampled_from([_words, _yes_or_no])), when=condition))
    return Form("drawn", tuple(fields))


said = st.lists(st.sampled_from(["yes", "no", "something", "", BACK]) | st.text(max_size=5), max_size=25)


def test_a_form_asks_its_questions_in_order() -> None:
    done = _after(VISIT, ["王芳", "yes", "呼和浩特", "K263", "3号"])
    assert done == Done({"name": "王芳", "travelled": True, "origin": "呼和浩特", "train": "K263", "room": "3号"})


@pytest.mark.parametrize(
    ("said", "next_question"),
    [
        ([], "name"),
        (["王芳"], "travelled"),
        (["王芳", "yes"], "origin"),
        (["王芳", "no"], "room"),
        (["王芳", "yes", "here"], "room"),
        (["王芳", "yes", "呼和浩特"], "train"),
        (["王芳", "perhaps"], "travelled"),
        (["王芳", "no", BACK], "travelled"),
        (["王芳", "yes", "here", BACK], "origin"),
        (["王芳", "yes", BACK, "no"], "room"),
    ],
)
def test_a_question_is_asked_only_when_its_condition_holds(said: list[str], next_question: str) -> None:
    present = _after(VISIT, said)
    assert isinstance(present, Ask)
    assert present.field.name == next_question


def test_an_answer_that_is_taken_back_is_forgotten() -> None:
    assert _after(VISIT, ["王芳", "yes", "呼和浩特", BACK, BACK, "no", "3号"]) == Done(
        {"name": "王芳", "travelled": False, "room": "3号"}
    )


def test_back_from_the_first_question_leaves_the_form() -> None:
    assert _after(VISIT, [BACK]) == Left()
    assert _after(VISIT, ["王芳", BACK, BACK]) == Left()


def test_a_wrong_answer_gets_the_hint_of_its_own_question() -> None:
    assert answer(VISIT, "travelled", {"name": "王芳"}, "perhaps") == Wrong(VISIT.field("travelled"))


def test_a_form_whose_questions_do_not_apply_is_done_at_once() -> None:
    form = Form("empty", (_asked("train", when=lambda answers: answers["travelled"]),))
    assert begin(form, {"travelled": False}) == Done({"travelled": False})


def test_an_answer_may_be_falsy_and_still_be_one() -> None:
    form = Form("visit", (_asked("values", parse=lambda text, _: [] if text == "none" else None),))
    assert answer(form, "values", {}, "none") == Done({"values": []})
    assert answer(form, "values", {}, "36.5") == Wrong(form.fields[0])


def test_an_answer_is_read_in_the_light_of_those_before() -> None:
    form = Form("twice", (_asked("one"), _asked("again", parse=lambda text, so_far: text == so_far["one"] or None)))
    assert _after(form, ["a", "b"]) == Ask(form.fields[1], {"one": "a"})
    assert _after(form, ["a", "a"]) == Done({"one": "a", "again": True})


@pytest.mark.parametrize("fields", [(), (_asked("name"), _asked("name"))])
def test_a_form_without_questions_or_with_one_twice_cannot_be_made(fields: tuple[Field, ...]) -> None:
    with pytest.raises(ValueError, match="fields need names of their own"):
        Form("bad", fields)


@given(forms(), said)
def test_whatever_is_said_the_form_asks_is_done_or_is_left(form: Form, said: list[str]) -> None:
    present = _after(form, said, {"invite": 7})
    if isinstance(present, Left):
        return
    assert present.answers["invite"] == 7
    place = form.fields.index(present.field) if isinstance(present, Ask) else len(form.fields)
    assert {name for name in present.answers if name != "invite"} == {
        field.name for field in form.fields[:place] if field.when(present.answers)
    }
    assert isinstance(present, Done) or present.field.when(present.answers)


@given(forms(), said, st.text(max_size=5) | st.sampled_from(["yes", "no"]))
def test_back_and_the_same_answer_lead_to_the_same_place(form: Form, said: list[str], once_more: str) -> None:
    before = _Conversation(form, _after(form, said))
    after = before.hears(once_more)
    if isinstance(before.now, Ask) and isinstance(after.now, Ask) and after != before and once_more != BACK:
        assert after.hears(BACK) == before
        assert after.hears(BACK).hears(once_more) == after


@given(forms(), said)
def test_going_back_often_enough_always_leaves(form: Form, said: list[str]) -> None:
    present = _after(form, said)
    if not isinstance(present, Done):
        assert _after(form, [*said, *[BACK] * len(form.fields)]) == Left()


@given(forms(), said)
def test_what_was_answered_is_never_altered_in_place(form: Form, said: list[str]) -> None:
    known = {"area": 3}
    _after(form, said, known)
    assert known == {"area": 3}
