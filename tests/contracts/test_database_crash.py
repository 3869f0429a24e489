"""A process killed in the middle of its transactions leaves every one that was committed, and no half of another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select, text

from models import Bot
from models.db import Database
from models.vault import Vault
from rules.policy import Policy

HOUSE = Path(__file__).resolve().parents[2]

WRITER = """
import asyncio, sys
from models import Bot
from models.db import Database
from models.vault import Vault
from rules.policy import Policy

def pair(session, number):
    session.add(Bot(name=f"{number:06}a", channel="telegram"))
    session.flush()
    session.add(Bot(name=f"{number:06}b", channel="telegram"))

async def main():
    database = Database(sys.argv[1], Vault(b"a key for the tests"), Policy())
    for number in range(1_000_000):
        await database.run(pair, number)
        print(number, flush=True)

asyncio.run(main())
"""
"""Commits pairs and says so after each commit."""

PAIRS_BEFORE_THE_KILL = (1, 20, 57)


def test_every_committed_transaction_outlives_a_kill(sqlite_template: Path, tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    path.write_bytes(sqlite_template.read_bytes())
    said: list[int] = []
    for pairs in PAIRS_BEFORE_THE_KILL:
        # Each writer goes on where the one before was killed.
        said.append(_write_and_kill(f"sqlite:///{path}", pairs, since=_kept(path)[0] // 2))
        kept, halves, sound = _kept(path)
        assert kept >= 2 * sum(said)
        assert halves == 0
        assert sound == "ok"


def _write_and_kill(url: str, pairs: int, *, since: int) -> int:
    """Runs a writer until it has said `pairs` times that it committed, and kills it; how often it said so."""
    program = WRITER.replace("range(1_000_000)", f"range({since}, 1_000_000)")
    with subprocess.Popen([sys.executable, "-c", program, url], cwd=HOUSE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = 0
        for _ in writer.stdout:
            said += 1
            if said == pairs:
                writer.kill()
    return said


def _kept(path: Path) -> tuple[int, int, str]:
    """How many rows there are, how many pairs of them have only one half, and what SQLite says of the file."""
    database = Database(f"sqlite:///{path}", Vault(b"a key for the tests"), Policy())
    pair = func.substr(Bot.name, 1, 6)
    with database.transaction() as session:
        rows = session.scalar(select(func.count()).select_from(Bot)) or 0
        halves = len(session.execute(select(pair).group_by(pair).having(func.count() != 2)).all())
        sound = str(session.scalar(text("PRAGMA integrity_check")))
    database.close()
    return rows, halves, sound
