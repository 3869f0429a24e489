"""An alarm that was handed over and not taken in time: whose it is then (转交)."""

from rules.ladder import Severity


def comes_back(severity: Severity, *, able: bool) -> bool:
    """Whether it is in the hands of whoever handed it over again; else the chain goes on at once.

    `able`: they are on its chain, on duty, and can be told. A fever does not wait for them a second time: they
    hear, and so does the next step.
    """
    return able and severity is Severity.ROUTINE
