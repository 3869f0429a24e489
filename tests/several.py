"""A town with WeChat and WeCom beside Telegram, for people who have more than one of them."""

from __future__ import annotations

from collections.abc import Mapping

from channels.port import Channel
from channels.sealed_callbacks import Seal
from channels.sealed_calls import SealedCalls
from channels.wechat_channel import WeChatChannel
from channels.wechat_client import WeChatClient
from channels.wechat_updates import incoming as from_wechat
from channels.wecom_channel import WeComChannel
from channels.wecom_client import WeComClient
from channels.wecom_updates import incoming as from_wecom
from sandbox.server import Sandbox
from sandbox.wechat.account import open_account
from sandbox.wecom.account import Application, open_application
from services.clock import ManualClock
from tests.harness import BOTS, Town

WECHAT, WECOM = "wechat", "wecom"
WORD, KEY = "a-word-of-the-tests", "k" * 42 + "A"


def wechat_and_wecom(sandbox: Sandbox, clock: ManualClock, address: str) -> Mapping[str, Channel]:
    """A service account without a template, and an application."""
    return {WECHAT: _wechat(sandbox, clock, address), WECOM: _wecom(sandbox, address)}


def application(town: Town) -> Application:
    """The application of the town's sandbox."""
    found = town.sandbox.world.bot(BOTS[WECOM][1])
    assert isinstance(found, Application)
    return found


def _wechat(sandbox: Sandbox, clock: ManualClock, address: str) -> Channel:
    username = BOTS[WECHAT][1]
    given = {"appid": "wxtown", "secret": WORD, "callback_token": WORD, "aes_key": KEY, "name": "网格通"}
    open_account(sandbox.world, callback=f"{address}/wechat", username=username, **given)
    calls = SealedCalls(WECHAT, Seal(WORD, (KEY,), "wxtown"), from_wechat)
    client = WeChatClient("wxtown", WORD, sandbox.wechat_base, 10.0)
    return WeChatChannel(WECHAT, client, calls, title=username, now=clock.now, template=None)


def _wecom(sandbox: Sandbox, address: str) -> Channel:
    username = BOTS[WECOM][1]
    given = {"corp": "wwtown", "secret": WORD, "callback_token": WORD, "aes_key": KEY, "name": "网格通"}
    opened = open_application(sandbox.world, callback=f"{address}/wecom", username=username, **given)
    calls = SealedCalls(WECOM, Seal(WORD, (KEY,), "wwtown"), from_wecom, echo_sealed=True)
    client = WeComClient("wwtown", WORD, opened.agent, sandbox.wecom_base, 10.0)
    return WeComChannel(WECOM, client, calls, title=username)
