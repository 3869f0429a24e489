"""What was measured beside what was asked for, one line a figure, so that nobody has to compare."""

import os

import structlog

from bot.logs import set_up_logs


def quietly() -> None:
    """No line a message: a measurement that is started by itself has no log level yet."""
    if not structlog.is_configured():
        set_up_logs("WARNING", as_json=False)


def judge(name: str, measured: str, bar: str, *, met: bool) -> bool:
    """Prints a figure, its bar and the verdict, with the load of the machine in the last minute; returns `met`."""
    load = os.getloadavg()[0]
    print(f"{name}: {measured} (bar: {bar}; load {load:.1f}) {'met' if met else 'NOT MET'}", flush=True)
    return met


def at(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
