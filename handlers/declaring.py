"""A returnee declares themselves: from where, when, by which train, alone or not; staff decide (返乡申报)."""

from datetime import date, timedelta

from handlers.filling import Filling, Forms
from handlers.form import Answers, Field, Form
from handlers.own_area import theirs
from handlers.turn import Turn
from models import Declaration, Household
from rules.declarations import NO_TICKET, Refusal, arrival, place
from rules.errors import NotAllowedError
from rules.quarantine import last_day
from rules.times import local_date
from services.dates import day_in
from services.declarations import approve, declare, refuse, waiting_of
from services.dossier import members
from services.homes import household_of
from services.policy import policy_at
from services.words import Value

_TODAY = ("0", "1", "2")
"""Choices: so many days ago."""


def _arrived(text: str, answers: Answers) -> str | None:
    today = date.fromisoformat(answers["today"])
    if text in _TODAY:
        return (today - timedelta(days=int(text))).isoformat()
    found = arrival(text, today)
    return found.isoformat() if found else None


def _ticket(text: str, _: Answers) -> str | None:
    said = text.strip()
    return "" if said == NO_TICKET else said[:60] or None


DECLARE = Form(
    "declare",
    (
        Field("origin", "declare-ask-origin", "declare-wrong-origin", lambda text, _: place(text)),
        Field(
            "arrived",
            "declare-ask-arrived",
            "declare-wrong-arrived",
            _arrived,
            choices=(("0", "declare-today"), ("1", "declare-yesterday"), ("2", "declare-two-days")),
        ),
        Field(
            "ticket",
            "declare-ask-ticket",
            "declare-ask-ticket",
            _ticket,
            choices=((NO_TICKET, "declare-no-ticket"),),
        ),
        Field(
            "who",
            "declare-ask-who",
            "move-wrong-who",
            lambda text, _: text if text in {"me", "all"} else None,
            choices=(("me", "declare-only-me"), ("all", "declare-all")),
            when=lambda given: bool(given["family"]),
        ),
    ),
)


def begin(turn: Turn, forms: Forms) -> None:
    """`/declare`: one at a time for a household."""
    home = household_of(turn.session, turn.person.id) if turn.person else None
    if home is None:
        turn.reply("not-joined")
    elif waiting_of(turn.session, home.id):
        turn.reply("declare-waits")
    else:
        today = local_date(turn.now, policy_at(turn.session, home.grid_id).timezone)
        family = len(members(turn.session, home.id)) > 1
        forms.start(turn, DECLARE.name, {"today": today.isoformat(), "family": family})


def _finish(turn: Turn, answers: Answers) -> None:
    home = household_of(turn.session, turn.person.id) if turn.person else None
    if turn.person is None or home is None:
        turn.reply("not-joined")
        return
    if waiting_of(turn.session, home.id):
        turn.reply("declare-waits")
        return
    declare(
        turn.session,
        turn.now,
        turn.account,
        turn.person,
        home,
        origin=answers["origin"],
        arrived_on=date.fromisoformat(answers["arrived"]),
        ticket=answers["ticket"],
        whole_household=answers.get("who") == "all",
    )
    turn.reply("declare-sent")


def let(turn: Turn, number: int) -> None:
    """同意: the quarantine begins with the day of arrival."""
    one = theirs(turn, Declaration, number)
    if one is None or turn.person is None:
        return
    policy = policy_at(turn.session, turn.session.get_one(Household, one.household_id).grid_id)
    last = last_day(one.arrived_on, policy.quarantine_days)
    if last < local_date(turn.now, policy.timezone):
        over: dict[str, Value] = {"days": policy.quarantine_days, "last": day_in(last, turn.words.language)}
        turn.reply("declaration-over", over)
        return
    try:
        last = approve(turn.session, turn.now, one, turn.person.id)
    except NotAllowedError:
        turn.reply("declaration-decided")
        return
    said: dict[str, Value] = {"last": day_in(last, turn.words.language)}
    turn.reply("declaration-begun", said)


def turn_down(turn: Turn, number: int, why: str) -> None:
    """不同意, with the reason."""
    one = theirs(turn, Declaration, number)
    if one is None or turn.person is None or why not in set(Refusal):
        return
    try:
        refuse(turn.session, turn.now, one, turn.person.id, Refusal(why))
    except NotAllowedError:
        turn.reply("declaration-decided")
        return
    turn.reply("declaration-refusal-told")


FILLINGS = (Filling(DECLARE, _finish),)
