"""What is done after the commit, for it needs the network or the disk: photos, workbooks, and their end.

Each step may be done twice: a content is kept under its own digest, and a record is moved on once.
"""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from bot.media import Media
from channels.port import Channel, ChannelError, Rejected, Unreachable
from models import Area, Export, ExportKind, NoticeFile, ReceivedMedia
from models.cause import because
from models.db import Database
from rules.media import type_of
from services.clock import Clock
from services.exports import made, not_made, to_make
from services.fetching import to_fetch
from services.media import fetch_later, kept, outdated, refuse
from services.notice_files import fetch_file_later, file_kept, file_refused
from services.roster import export_roster
from services.temperature_book import write_temperatures
from services.unread_book import write_unread

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Fetched:
    """One kind of what people send, and what becomes of it."""

    record: type[ReceivedMedia] | type[NoticeFile]
    kept: Callable[..., None]
    refuse: Callable[..., None]
    later: Callable[..., None]


_FETCHED = (
    _Fetched(ReceivedMedia, kept, refuse, fetch_later),
    _Fetched(NoticeFile, file_kept, file_refused, fetch_file_later),
)


class Errands:
    """Runs the errands of the house; one at a time for each bot."""

    def __init__(self, database: Database, channels: Mapping[str, Channel], clock: Clock, media: Media) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._media = media

    async def fetch(self, bot: str) -> int:
        """Fetches what people sent through a bot; how many were looked at."""
        looked_at = 0
        for one in _FETCHED:
            waiting = await self._database.run(to_fetch, self._clock.now(), bot, one.record)
            for number, external_id, why in waiting:
                with because(why or f"media:{number}"):
                    await self._fetch(one, bot, number, external_id)
            looked_at += len(waiting)
        return looked_at

    async def make(self) -> int:
        """Makes the workbooks that are owed; how many were tried."""
        waiting = await self._database.run(to_make, self._clock.now())
        for number, why in waiting:
            with because(why or f"export:{number}"):
                await self._make(number)
        return len(waiting)

    async def tidy(self) -> int:
        """Deletes contents whose time is over; how many."""
        digests = await self._database.run(outdated, self._clock.now())
        for digest in digests:
            await self._media.forget(digest)
        return len(digests)

    async def _make(self, number: int) -> None:
        try:
            digest = await self._media.keep(await self._workbook(number))
        except Exception as error:
            log.exception("workbook not made", export=number)
            await self._database.run(not_made, self._clock.now(), number, repr(error))
        else:
            await self._database.run(made, self._clock.now(), number, digest)

    async def _fetch(self, one: _Fetched, bot: str, number: int, external_id: str) -> None:
        now = self._clock.now
        try:
            content = await self._channels[bot].fetch(external_id)
            mime = type_of(content)
            if mime is None:
                await self._database.run(one.refuse, now(), number, "type or size")
                return
            digest = await self._media.keep(content)
        except ChannelError as error:
            lost = isinstance(error, Rejected | Unreachable)
            await self._database.run(one.later, now(), number, str(error), lost=lost)
        except OSError as error:
            log.exception("media store failed", media=number)
            await self._database.run(one.later, now(), number, repr(error), lost=False)
        else:
            await self._database.run(one.kept, now(), number, digest, mime)

    async def _workbook(self, number: int) -> bytes:
        now = self._clock.now()
        kind, path, created = await self._database.look(_ordered, number)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "export.xlsx"
            if kind is ExportKind.REGISTER:
                await asyncio.to_thread(export_roster, self._database, file, now, within=path)
            elif kind is ExportKind.UNREAD:
                # Of a street office's thousands of doors: nobody waits for it to be written.
                await self._database.look(write_unread, file, number, now)
            else:
                await self._database.look(write_temperatures, file, created, path)
            return file.read_bytes()


def _ordered(session: Session, number: int) -> tuple[ExportKind, str, datetime]:
    """What was ordered, of which part of the tree, and when."""
    row = session.get_one(Export, number)
    return row.kind, session.get_one(Area, row.area_id).path, row.created_at
