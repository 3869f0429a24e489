"""The report of a simulation for a reader."""

from collections.abc import Iterator
from typing import Any

MOST_BROKEN = 10
"""Lines shown of what broke one promise."""


def lines_of(report: dict[str, Any]) -> Iterator[str]:
    """The report, line by line."""
    city, rounds, costs = report["city"], report["rounds"], report["costs"]
    yield (
        f"{city['households']} households, {city['people']} people, {city['days']} days, {city['grids']} grids, "
        f"{city['bots']} bots, seed {city['seed']}"
    )
    yield ""
    yield _pairs("slots", rounds)
    yield _pairs("readings", report["readings"])
    alarms = report["alarms"]
    for kind in ("abnormal", "missed", "unreachable"):
        one = alarms[kind]
        yield f"{kind}: opened {one['opened']}, taken {one['taken']}, closed {one['closed']}"
        yield f"    to the first alert: {_times(one['seconds_to_alert'])}"
        yield f"    to a human: {_times(one['seconds_to_human'])}"
    yield _pairs("what happened to alarms", alarms["events"])
    yield ""
    messages = report["messages"]
    yield _pairs("messenger", messages["messenger"])
    yield f"messages a family and day: {_counts(messages['family_a_day'])}"
    yield f"messages an official and day: {_counts(messages['official_a_day'])}"
    yield _pairs("messages by kind", messages["by_kind"])
    yield _pairs("rows", report["rows"])
    yield ""
    if "night" in report:
        yield from _night(report["night"])
    yield _pairs("seconds (CPU) and megabytes", {name: value for name, value in costs.items() if value is not None})
    yield ""
    yield from _promises(report["promises"])


def _night(night: dict[str, Any]) -> Iterator[str]:
    yield _pairs("off", night["off"])
    yield f"fevers: {night['fevers']}"
    yield f"    minutes to somebody who answers: {_counts(night['minutes_to_a_phone'])}"
    yield f"    minutes to somebody's hands, or the city: {_counts(night['minutes_to_hands'])}"
    worst = night["worst"]
    yield f"    the last: {worst['minutes']:g} of {worst['of']:g} minutes; least left of any: {night['least_left']:g}"
    yield _pairs("most alarms within an hour that could wait", night["most_an_hour"])
    yield ""


def _promises(promises: list[dict[str, Any]]) -> Iterator[str]:
    for promise in promises:
        yield f"{'✗' if promise['broken'] else '✓'} {promise['name']}"
        for broken in promise["examples"]:
            yield f"    {broken}"
        if promise["broken"] > len(promise["examples"]):
            yield f"    … {promise['broken']} in all"


def _pairs(head: str, figures: dict[str, Any]) -> str:
    return f"{head}: " + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())


def _counts(spread: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in spread.items() if name != "count")


def _times(spread: dict[str, Any]) -> str:
    if not spread["count"]:
        return "none"
    return ", ".join(f"{name} {_time(value)}" for name, value in spread.items() if name != "count")


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.1f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
