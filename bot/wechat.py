"""WeChat's service account from the settings."""

from collections.abc import Callable
from datetime import datetime

from bot.settings import Settings
from channels.port import Channel
from channels.sealed_callbacks import Seal
from channels.sealed_calls import SealedCalls
from channels.wechat_channel import WeChatChannel
from channels.wechat_client import WeChatClient
from channels.wechat_sending import Template
from channels.wechat_updates import incoming

BOT = "wechat"
"""Its name in the records: there is one account."""


def wechat_client(settings: Settings) -> WeChatClient:
    """The account's API."""
    chosen = settings.wechat
    return WeChatClient(chosen.appid, chosen.secret.get_secret_value(), chosen.api_base)


def wechat_channels(settings: Settings, now: Callable[[], datetime]) -> dict[str, Channel]:
    """The channel of the account; none without an appid. `now` dates template messages."""
    chosen = settings.wechat
    if not chosen.appid:
        return {}
    seal = Seal(chosen.token.get_secret_value(), chosen.aes_keys.get_secret_value().split(","), chosen.appid)
    template = Template(chosen.template, chosen.template_fields, settings.timezone) if chosen.template else None
    return {
        BOT: WeChatChannel(
            BOT,
            wechat_client(settings),
            SealedCalls(BOT, seal, incoming),
            title=chosen.name,
            base=chosen.base or "",
            template=template,
            now=now,
        )
    }
