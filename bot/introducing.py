"""Bots that are not known yet: each learns its name at its messenger, and shows there what it is."""

from collections.abc import Mapping

import structlog

from channels.port import Channel, ChannelError
from models.db import Database
from rules.wordless import without_words
from services.bots import name_bot
from services.menus import introductions

log = structlog.get_logger()


class Strangers:
    """The bots that have not introduced themselves since the start."""

    def __init__(self, database: Database, channels: Mapping[str, Channel]) -> None:
        self._database, self._channels = database, channels
        self._left = set(channels)

    async def introduce(self) -> None:
        """Each bot learns its name and shows what it is; one that cannot yet tries again later, and holds up nobody."""
        for name in list(self._left):
            channel = self._channels[name]
            try:
                who = await channel.check()
                await self._database.run(name_bot, name, who["username"], who["link"], who["join"])
                await channel.introduce(introductions())
            except ChannelError as error:
                log.warning("the bot cannot introduce itself yet", bot=name, error=without_words(error))
            else:
                self._left.discard(name)
