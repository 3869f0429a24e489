"""One reading of the board for everybody who looks at the same time."""

import asyncio
from time import monotonic

from models.db import Database
from services.clock import Clock
from web.board import Board, read_board

SHARE = 10
"""A board is kept ten times as long as it took to read: screens cost the database a tenth of its time at most."""
FEW_AREAS = 300
"""The board of a place as small as this costs a few milliseconds: it is read afresh every time."""


class BoardKeeper:
    """Reads the board, or gives the one just read: a hundred wall screens are one reader to the database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._reading = asyncio.Lock()
        self._kept: Board | None = None
        self._until = 0.0

    async def board(self) -> Board:
        """The whole board, at most a few seconds old; its `now` says how old."""
        async with self._reading:
            if self._kept is None or monotonic() >= self._until:
                began = monotonic()
                self._kept = await self._database.run(read_board, self._clock.now())
                took = monotonic() - began
                self._until = began + took * SHARE if len(self._kept.areas) > FEW_AREAS else 0.0
            return self._kept
