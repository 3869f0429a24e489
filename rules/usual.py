"""The temperatures that most people have on most days: what can be reported with one press."""

USUAL: tuple[str, ...] = tuple(f"{tenths // 10}.{tenths % 10}" for tenths in range(360, 373))
"""36.0 to 37.2 °C: below the national fever threshold of 37.3, and no colder than a thermometer that was held well."""

A_ROW = 5
"""So many stand side by side on a narrow phone."""
