"""WeChat's service account from the settings."""

from collections.abc import Callable
from datetime import datetime

from bot.settings import WECHAT, Settings
from channels.port import Channel
from channels.sealed_callbacks import Seal
from channels.sealed_calls import SealedCalls
from channels.tencent_client import MayForce, alone
from channels.wechat_channel import WeChatChannel
from channels.wechat_client import WeChatClient
from channels.wechat_sending import Template
from channels.wechat_updates import incoming

BOT = WECHAT
"""Its name in the records: there is one account."""


def wechat_client(settings: Settings, may_force: MayForce = alone) -> WeChatClient:
    """The account's API; `may_force`: whether this process replaces a refused token."""
    chosen = settings.wechat
    return WeChatClient(chosen.appid, chosen.secret.get_secret_value(), chosen.api_base, may_force=may_force)


def wechat_channels(settings: Settings, now: Callable[[], datetime], may_force: MayForce = alone) -> dict[str, Channel]:
    """The channel of the account; none without an appid. `now` dates template messages."""
    chosen = settings.wechat
    if not chosen.appid:
        return {}
    seal = Seal(chosen.token.get_secret_value(), chosen.aes_keys.get_secret_value().split(","), chosen.appid)
    template = Template(chosen.template, chosen.template_fields, settings.timezone) if chosen.template else None
    return {
        BOT: WeChatChannel(
            BOT,
            wechat_client(settings, may_force),
            SealedCalls(BOT, seal, incoming),
            title=chosen.name,
            base=chosen.base or "",
            template=template,
            now=now,
        )
    }
