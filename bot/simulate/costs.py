"""What a simulation cost: seconds of CPU by whose work it was, and the largest memory."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.db import Database

_TICKS_A_SECOND = 100
"""Of /proc/PID/stat on Linux."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Read at the beginning; `since` gives what was used until then."""

    wall: float
    process: float
    server: float | None

    @classmethod
    def now(cls, database: Database) -> "Costs":
        """The clocks as they stand; the server's is that of our connection's own process, where we can see it."""
        server = None if database.is_sqlite else _seconds_of(database.apply(_backend))
        return cls(time.monotonic(), time.process_time(), server)

    def since(self, database: Database, people: float) -> dict[str, float | None]:
        """Seconds since these: of the house (with SQLite in it), the simulated people, and the database's server."""
        later = Costs.now(database)
        server = None if later.server is None or self.server is None else round(later.server - self.server, 1)
        return {
            "cpu_house": round(later.process - self.process - people, 1),
            "cpu_people": round(people, 1),
            "cpu_database": server,
            "cpu": round(later.process - self.process + (server or 0), 1),
            "wall": round(later.wall - self.wall, 1),
            "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def _backend(session: Session) -> int:
    return int(session.scalar(text("SELECT pg_backend_pid()")) or 0)


def _seconds_of(process: int) -> float | None:
    """The CPU of a PostgreSQL process on this machine; None where there is no such process here."""
    folder = Path("/proc") / str(process)
    try:
        if not (folder / "comm").read_text().startswith("postgres"):
            return None
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND
