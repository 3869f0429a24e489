"""Random days against the invariants: answers, silences, corrections, blocks, restarts, double and late ticks."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import Escalation, Person, ReportRequest
from rules.escalation import OUTCOMES, State
from rules.rounds import RequestStatus
from tests.examples import examples
from tests.invariants.model import HOMES, STAFF, Days, escalations
from tests.invariants.promises import (
    ALWAYS,
    every_answer_is_stored,
    nothing_is_sent_twice,
    nothing_is_stuck,
)

SPEAKERS = [(home, name) for home in HOMES for name in home.joined]
OTHERS = [name for name, _, _ in STAFF]
ANYBODY = [name for _, name in SPEAKERS] + [name for name, _, _ in STAFF]

values = st.sampled_from([36.2, 36.5, 36.8, 37.2, 37.3, 38.4, 39.5, 34.6])
Act = Callable[[Days], None]


@st.composite
def answers(draw: st.DrawFn) -> Act:
    home, speaker = draw(st.sampled_from(SPEAKERS))
    people = draw(st.lists(st.sampled_from(home.people), min_size=1, unique=True))
    report = [(name, draw(values)) for name in people]

    def act(days: Days) -> None:
        active = home.first_day.toordinal() + 13 >= days.now.date().toordinal()
        if active:
            days.says(speaker, " ".join(f"{name}{celsius}" for name, celsius in report))
            days.said.update(report)

    return act


@st.composite
def nonsense(draw: st.DrawFn) -> Act:
    _, speaker = draw(st.sampled_from(SPEAKERS))
    text = draw(st.sampled_from(["365", "你好", "46.5", "状态", "/help", "3.65"]))
    return lambda days: days.says(speaker, text)


@st.composite
def staff_work(draw: st.DrawFn) -> Act:
    name, _, _ = draw(st.sampled_from(STAFF))
    verb = draw(
        st.sampled_from(["take", "visit", "end", "duty:off", "duty:on", "pass", "passto", "later", "reopen", "show"])
    )
    pick = draw(st.integers(0, 20))

    def act(days: Days) -> None:
        if verb.startswith("duty"):
            days.presses(name, verb)
            return
        open_ones = days.look(
            lambda session: [one for one in escalations(session) if (one.state is State.CLOSED) is (verb == "reopen")]
        )
        if open_ones:
            one = open_ones[pick % len(open_ones)]
            outcome = OUTCOMES[one.kind][pick % len(OUTCOMES[one.kind])]
            other = days.look(lambda session: session.scalar(select(Person.id).where(Person.name == OTHERS[pick % 4])))
            rest = {"end": f":{outcome}", "passto": f":{other}"}.get(verb, "")
            days.presses(name, f"{verb}:{one.id}{rest}")

    return act


@st.composite
def moves(draw: st.DrawFn) -> Act:
    minutes = draw(st.sampled_from([1, 5, 20, 60, 180, 300]))
    down = draw(st.booleans())
    return lambda days: days.forward(minutes, down=down)


@st.composite
def troubles(draw: st.DrawFn) -> Act:
    name = draw(st.sampled_from(ANYBODY))
    after = draw(st.booleans())
    acts: list[Act] = [
        lambda days: days.blocks(name),
        lambda days: days.falls_silent(name),
        lambda days: days.unblocks(name),
        lambda days: days.dies_and_starts_again(after_sending=after),
        lambda days: days.repeats() if days.last else None,
        Days.tick,
        Days.tick_twice,
    ]
    return draw(st.sampled_from(acts))


acts = st.lists(st.one_of(answers(), answers(), nonsense(), staff_work(), moves(), moves(), troubles()), max_size=20)


@settings(
    max_examples=examples(4, 600),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a day is long: shrinking it takes minutes
)
@given(script=acts)
def test_random_days_keep_every_promise(new_database: Callable[[], str], script: list[Act]) -> None:
    days = Days.begin(new_database())
    try:
        for act in script:
            act(days)
            _holds(days)
        # Everything in hand is finished, and a night and a morning pass: what was owed comes to its end.
        days.unblocks("李网格员")
        for one in days.look(escalations):
            days.presses("李网格员", f"take:{one.id}")
            days.presses("李网格员", f"end:{one.id}:{OUTCOMES[one.kind][0]}")
        days.forward(14 * 60)
        _holds(days)
        assert days.look(lambda session: nothing_is_stuck(days, session)) == []
        assert nothing_is_sent_twice(days) == []
        assert days.rang_at_night == []
    finally:
        days.database.close()


def _holds(days: Days) -> None:
    for promise in ALWAYS:
        assert days.look(promise) == [], promise.__doc__
    assert days.look(lambda session: every_answer_is_stored(days, session)) == []


def test_the_model_sees_a_fever_a_silence_and_a_worker(new_database: Callable[[], str]) -> None:
    """The random days are not empty: a plain day asks, hears, raises and closes."""
    days = Days.begin(new_database())
    days.forward(70)
    days.says("王芳", "王芳36.5 王建国38.4 王小宝36.6")
    days.said.update({("王芳", 36.5): 1, ("王建国", 38.4): 1, ("王小宝", 36.6): 1})
    fever = days.look(
        lambda session: session.scalars(select(Escalation).where(Escalation.person_id.is_not(None))).one()
    )
    days.presses("李网格员", f"take:{fever.id}")
    days.presses("李网格员", f"end:{fever.id}:referred")
    days.forward(5 * 60)
    _holds(days)

    found = days.look(lambda session: set(session.scalars(select(ReportRequest.status))))
    assert found == {RequestStatus.REPORTED, RequestStatus.MISSED, RequestStatus.UNREACHABLE}
    assert days.look(lambda session: session.get_one(Escalation, fever.id).state) is State.CLOSED
    days.database.close()
