"""When a notice leaves: now, once at a time that is pressed or typed, or again and again on some weekdays."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from handlers.turn import Turn
from rules.planning import EVERY_DAY, LONGEST_AHEAD, next_time
from rules.times import at_local, local_date
from rules.typed_times import typed_day, typed_moment
from services.forms import keep
from services.letters.paper import clock as clock_in
from services.mailbox import Button, in_rows
from services.policy import default_policy, policy_at

NEAR = (time(8), time(12), time(18))
"""What people mean when they say tomorrow morning, at noon, this evening."""
CLOCKS = ("08:00", "10:00", "12:00", "15:00", "18:00", "20:00")
LASTING = (7, 14, 28, 90)
"""Days for which a notice is repeated."""
_KEY = "%Y%m%d%H%M"
BACK: list[Button] = [("compose:back", "compose-back")]


def ask_time(turn: Turn, answers: dict[str, Any]) -> None:
    """Now, the next times that people mean, again and again; or a time is typed."""
    keep(turn.session, turn.now, turn.account, "notice", "time", answers)
    zone = default_policy(turn.session).timezone
    today = local_date(turn.now, zone)
    coming = (at_local(today + timedelta(days=days), clock, zone) for days in (0, 1) for clock in NEAR)
    near = [one for one in coming if one > turn.now][: len(NEAR)]
    turn.reply(
        "compose-ask-time",
        buttons=[
            [("compose:now", "compose-now")],
            *([_at(turn, one, zone)] for one in near),
            [(f"compose:clock:{EVERY_DAY}", "weekdays-every"), ("compose:days", "compose-weekly")],
            BACK,
        ],
    )


def typed(turn: Turn, answers: dict[str, Any], text: str) -> dict[str, Any] | None:
    """The notice, to leave once at the time that was typed; None when that is no time to come."""
    moment = typed_moment(text, turn.now, default_policy(turn.session).timezone)
    return None if moment is None else once(turn, answers, moment)


def pressed(turn: Turn, answers: dict[str, Any], key: str) -> dict[str, Any] | None:
    """The same of a button."""
    zone = ZoneInfo(default_policy(turn.session).timezone)
    return once(turn, answers, datetime.strptime(key, _KEY).replace(tzinfo=zone))


def once(turn: Turn, answers: dict[str, Any], moment: datetime) -> dict[str, Any] | None:
    """The notice, to leave once then, or when the night is over in which that lies."""
    if not turn.now < moment <= turn.now + LONGEST_AHEAD:
        return None
    at = policy_at(turn.session, answers["area"]).awake(moment)
    return {**answers, "at": at.isoformat(), "days": "", "until": None}


def repeated(turn: Turn, answers: dict[str, Any], days: str, clock: str, lasting: int) -> dict[str, Any] | None:
    """The notice, to leave on these weekdays at this local time, for so many days."""
    return _until(turn, answers, days, clock, _today(turn) + timedelta(days=lasting))


def repeated_until(turn: Turn, answers: dict[str, Any], text: str) -> dict[str, Any] | None:
    """The same until the day that was typed; None when that is none to come, or nothing leaves before it is over."""
    days, clock = answers.get("repeat") or ("", "")
    last = typed_day(text, _today(turn))
    return None if last is None or not days else _until(turn, answers, days, clock, last)


def _today(turn: Turn) -> date:
    return local_date(turn.now, default_policy(turn.session).timezone)


def _until(turn: Turn, answers: dict[str, Any], days: str, clock: str, until: date) -> dict[str, Any] | None:
    if until > _today(turn) + LONGEST_AHEAD:
        return None
    policy, zone = policy_at(turn.session, answers["area"]), default_policy(turn.session).timezone
    first = next_time(turn.now, time.fromisoformat(clock), days, until, zone)
    if first is None:
        return None
    return {**answers, "at": policy.awake(first).isoformat(), "days": days, "until": until.isoformat()}


def ask_days(turn: Turn, chosen: str) -> None:
    """Which weekdays: each is a button that is put in or taken out."""
    toggles: list[Button] = []
    for day in EVERY_DAY:
        then = "".join(one for one in EVERY_DAY if (one in chosen) is not (one == day))
        label = "compose-day-chosen" if day in chosen else "compose-day"
        toggles.append((f"compose:days:-{then}", label, {"day": turn.words.text(f"weekday-{day}")}))
    done: list[list[Button]] = [[(f"compose:clock:{chosen}", "compose-days-done")]] if chosen else []
    turn.reply("compose-ask-days", buttons=[*in_rows(toggles, 4), *done, BACK])


def ask_clock(turn: Turn, days: str) -> None:
    """At what time."""
    buttons: list[Button] = [
        (f"compose:until:{days}:{one.replace(':', '')}", "compose-clock", {"clock": one}) for one in CLOCKS
    ]
    turn.reply("compose-ask-clock", buttons=[*in_rows(buttons, 3), BACK])


def ask_until(turn: Turn, answers: dict[str, Any]) -> None:
    """For how long: one of the usual spans is pressed, or the last day is typed."""
    keep(turn.session, turn.now, turn.account, "notice", "last", answers)
    days, clock = answers["repeat"]
    buttons: list[list[Button]] = [
        [(f"compose:repeat:{days}:{clock}:{one}", "compose-lasting", {"days": one})] for one in LASTING
    ]
    turn.reply("compose-ask-until", buttons=[*buttons, BACK])


def _at(turn: Turn, moment: datetime, zone: str) -> Button:
    key = f"{moment.astimezone(ZoneInfo(zone)):{_KEY}}"
    return (f"compose:at:{key}", "compose-at", {"time": clock_in(zone, turn.now, moment, turn.words)})
