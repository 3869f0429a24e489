"""WeCom's application from the settings."""

from bot.settings import WECOM, Settings
from channels.port import Channel
from channels.sealed_callbacks import Seal
from channels.sealed_calls import SealedCalls
from channels.wecom_channel import WeComChannel
from channels.wecom_client import WeComClient
from channels.wecom_updates import incoming

BOT = WECOM
"""Its name in the records: there is one application."""


def wecom_client(settings: Settings) -> WeComClient:
    """The application's API."""
    chosen = settings.wecom
    return WeComClient(chosen.corpid, chosen.secret.get_secret_value(), chosen.agent, chosen.api_base)


def wecom_channels(settings: Settings) -> dict[str, Channel]:
    """The channel of the application; none without a corpid."""
    chosen = settings.wecom
    if not chosen.corpid:
        return {}
    seal = Seal(chosen.token.get_secret_value(), chosen.aes_keys.get_secret_value().split(","), chosen.corpid)
    callbacks = SealedCalls(BOT, seal, incoming, echo_sealed=True)
    return {BOT: WeComChannel(BOT, wecom_client(settings), callbacks, title=chosen.name)}
