"""On and off duty: until when, who gets the alarms meanwhile, and who of one's people is on (值班)."""

from handlers import shift_ends
from handlers.alarms import take
from handlers.turn import Turn
from models import DutyGap
from rules.duty import Rest, rests
from rules.times import local_date
from services.dates import weekday_in
from services.duty import Instead, OnDuty, go_off, go_on, grids_watched, instead_of, who_is_on
from services.duty_hours import is_on_duty, on_again_at, week_of
from services.letters.hours import hours_in
from services.letters.paper import clock
from services.mailbox import Button
from services.policy import default_policy
from services.staff import appointments
from services.stand_ins import standing_in
from services.words import Value

MOST_GRIDS = 12
"""As many grids as a phone shows without scrolling for long."""


def show(turn: Turn) -> None:
    """`/duty`: how one stands, what can be changed, and who of one's people is on."""
    mine = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    if not mine:
        turn.reply("staff-only")
    elif is_on_duty(turn.session, turn.now, mine):
        more = _below(*_stands_in(turn), _week(turn), _team(turn))
        turn.reply("duty-is-on", {"more": more}, [*_rests(turn), *_stops(turn)])
    else:
        turn.reply("duty-is-off", _off(turn, _week(turn), _team(turn)), _comes(turn))


def press(turn: Turn, what: str, rest: str = Rest.OPEN.value) -> None:
    """On again, or off until one of the times that were offered; `duty:off` alone is until they say so."""
    offered = rests(turn.now, default_policy(turn.session).timezone)
    if turn.person is None or not appointments(turn.session, turn.now, turn.person.id):
        turn.reply("staff-only")
    elif what == "on":
        go_on(turn.session, turn.now, turn.person.id, offered.get(Rest(rest)) if rest in offered else None)
        turn.reply("duty-on-done")
    elif rest in offered:
        go_off(turn.session, turn.now, turn.person.id, offered[Rest(rest)])
        turn.reply("duty-off-done", _off(turn), [[("duty:on", "duty-go-on")]])
        shift_ends.tell(turn)
    else:
        show(turn)  # an old button: that evening is over


def _comes(turn: Turn) -> list[list[Button]]:
    """On again; whoever is out of their shift says until when, or until their next one."""
    if not _week(turn):
        return [[("duty:on", "duty-go-on")]]
    longer: list[list[Button]] = [
        [(f"duty:on:{rest.value}", f"duty-on-{rest.value}", {"day": day})]
        for rest, day in offered_rests(turn)
        if rest in (Rest.TONIGHT, Rest.MORNING)
    ]
    return [[("duty:on", "duty-go-on")], *longer]


def _rests(turn: Turn) -> list[list[Button]]:
    return [[(f"duty:off:{rest.value}", f"duty-rest-{rest.value}", {"day": day})] for rest, day in offered_rests(turn)]


def see_to_gap(turn: Turn, number: int) -> None:
    """我来安排, under a message of before there were alarms about it: takes the alarm."""
    one = turn.session.get(DutyGap, number)
    if one is None or one.escalation_id is None:
        turn.reply("not-yours")
    else:
        take(turn, one.escalation_id)


def offered_rests(turn: Turn) -> list[tuple[Rest, str]]:
    """The rests that make sense now, and whether a morning is that of today or of tomorrow."""
    zone = default_policy(turn.session).timezone
    today = local_date(turn.now, zone)
    ends = rests(turn.now, zone).items()
    return [(rest, "today" if end and local_date(end, zone) == today else "tomorrow") for rest, end in ends]


def _stops(turn: Turn) -> list[list[Button]]:
    """To ask for a stand-in; to stand in no longer."""
    mine = standing_in(turn.session, turn.now, turn.person.id) if turn.person else []
    asks: list[list[Button]] = [[("standin:when", "stand-in-ask")]]
    return asks if not mine else [[(f"standin:stop:{one.id}", "stand-in-stop")] for one in mine]


def _stands_in(turn: Turn) -> list[str]:
    mine = standing_in(turn.session, turn.now, turn.person.id) if turn.person else []
    zone = default_policy(turn.session).timezone
    return [
        turn.words.text(
            "stand-in-now",
            {"name": turn.names([one.giver_id]), "until": clock(zone, turn.now, one.until, turn.words)},
        )
        for one in mine
    ]


def _off(turn: Turn, *more: str) -> dict[str, Value]:
    """Until when somebody who is off duty is, and who gets the alarms now."""
    mine = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    until = on_again_at(turn.session, turn.now, mine)
    instead = dict.fromkeys(_instead(turn, one) for one in instead_of(turn.session, turn.now, mine))
    return {
        "known": "yes" if until else "no",
        "until": clock(default_policy(turn.session).timezone, turn.now, until, turn.words) if until else "",
        "more": _below(*instead, *more),
    }


def _below(*parts: str) -> str:
    return "".join(f"\n{part}" for part in parts if part)


def _instead(turn: Turn, one: Instead) -> str:
    words = turn.words
    said = {
        "area": one.area.name,
        "names": turn.names(one.people),
        "place": words.text(f"role-{one.place.value.replace('_', '-')}"),
        "role": words.text(f"role-{one.role.value.replace('_', '-')}"),
    }
    if not one.people:
        return words.text("duty-instead-nobody", said)
    return words.text("duty-instead" if one.role is one.place else "duty-instead-above", said)


def _week(turn: Turn) -> str:
    """The shifts of the seven days from today on, a line each; "" for whoever is not on the roster."""
    week = week_of(turn.session, turn.now, turn.person.id) if turn.person else {}
    if not week:
        return ""
    words = turn.words
    mark = words.text("list-mark")
    lines = [
        words.text(
            "duty-week-day" if shifts else "duty-week-free",
            {"day": weekday_in(day, words.language), "hours": mark.join(hours_in(one, words) for one in shifts)},
        )
        for day, shifts in week.items()
    ]
    return "\n".join([words.text("duty-week"), *lines])


def _team(turn: Turn) -> str:
    """Who is on in the grids that somebody sees by name, a line each; "" for whoever sees none."""
    grids = grids_watched(turn.session, turn.now, turn.person.id) if turn.person else []
    if not grids:
        return ""
    words, shown = turn.words, grids[:MOST_GRIDS]
    people = who_is_on(turn.session, turn.now, shown)
    mark = words.text("list-mark")
    lines = [
        words.text(
            "duty-grid",
            {"grid": grid.name, "people": mark.join(_one(turn, one) for one in people[grid.id])}
            if people[grid.id]
            else {"grid": grid.name, "people": words.text("passed-nobody")},
        )
        for grid in shown
    ]
    if len(grids) > len(shown):
        lines.append(words.text("duty-more-grids", {"count": len(grids) - len(shown)}))
    return "\n".join([words.text("duty-team"), *lines])


def _one(turn: Turn, one: OnDuty) -> str:
    if not one.why_not and one.stands_for:
        return turn.words.text("duty-one-stands-in", {"name": one.person.name, "other": turn.names([one.stands_for])})
    if not one.why_not and one.until:
        until = clock(default_policy(turn.session).timezone, turn.now, one.until, turn.words)
        return turn.words.text("duty-one-until", {"name": one.person.name, "until": until})
    if not one.why_not:
        return turn.words.text("duty-one-on", {"name": one.person.name})
    if one.why_not == "off_duty" and one.until:
        until = clock(default_policy(turn.session).timezone, turn.now, one.until, turn.words)
        return turn.words.text("duty-one-rests", {"name": one.person.name, "until": until})
    why = turn.words.text(f"passed-{one.why_not.replace('_', '-')}")
    return turn.words.text("duty-one-not", {"name": one.person.name, "why": why})
