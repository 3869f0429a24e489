"""Every bot of the settings, whatever its messenger."""

from collections.abc import Mapping
from datetime import datetime

from bot.settings import Settings
from bot.telegram import telegram_channels
from bot.wechat import BOT, wechat_channels
from bot.wecom import wecom_channels
from channels.port import Channel
from models.db import Database
from services.bots import may_force_token
from services.clock import Clock, SystemClock


def all_channels(
    settings: Settings, clock: Clock | None = None, database: Database | None = None
) -> dict[str, Channel]:
    """A channel for each bot; what processes agree on stands in the database. Raises `SettingsError`."""
    told: Clock = clock or SystemClock()

    def now() -> datetime:
        return told.now()

    async def may_force() -> bool:
        return database is None or await database.run(may_force_token, now(), BOT)

    wechat = wechat_channels(settings, now, may_force)
    return {**telegram_channels(settings), **wechat, **wecom_channels(settings)}


def areas_of_bots(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """The codes of the areas that each bot serves."""
    areas = dict(settings.telegram.areas)
    if settings.wechat.appid and settings.wechat.areas:
        areas[BOT] = settings.wechat.areas
    return areas


def are_there_any(settings: Settings) -> bool:
    """Whether anybody could write to us."""
    return bool(settings.telegram.tokens or settings.wechat.appid or settings.wecom.corpid)
