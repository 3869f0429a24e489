"""The lines of the demo: its bot on each messenger, and who of the town is on which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.choice import Choice
from bot.demo.manners import Manner
from bot.wechat import BOT as WECHAT_BOT
from bot.wecom import BOT as WECOM_BOT

TOKEN, BOT, USERNAME, TITLE = "1000001:AAE-the-sandbox-knows-this-token", "telegram", "gridbot", "网格通"
APPID, CORP, AGENT = "wxdemo", "wwdemo", 1_000_002
SECRET = "The sandbox knows this too"  # noqa: S105 - nothing is behind it
AES_KEY = "demo" * 10 + "deA"


@dataclass(frozen=True, slots=True)
class Line:
    """One bot: what it is called in the records, and on the phones."""

    bot: str
    username: str
    channel: str


TELEGRAM = Line(BOT, USERNAME, "telegram")
WECHAT = Line(WECHAT_BOT, "gridbot_wechat", "wechat")
WECOM = Line(WECOM_BOT, "gridbot_wecom", "wecom")

_MIXED: Mapping[Manner, Line] = {
    Manner.FEVER: WECHAT,
    Manner.CLUMSY: TELEGRAM,
    Manner.WORKER: WECOM,
    Manner.RELIEF: TELEGRAM,
    Manner.HEAD: TELEGRAM,
}
"""Who is always the same in a mixed town, so that the first phones of the page show each messenger."""


def line_of(choice: Choice, manner: Manner, number: int, *, staff: bool) -> Line:
    """The line of somebody, who is the `number`th of the residents or of the staff."""
    match choice:
        case Choice.TELEGRAM:
            return TELEGRAM
        case Choice.WECHAT:
            return WECHAT
        case Choice.WECOM:
            return WECOM if staff else WECHAT
    return _MIXED.get(manner) or (TELEGRAM if number % 2 else (WECOM if staff else WECHAT))


def lines_of(choice: Choice) -> tuple[Line, ...]:
    """Every line of a town."""
    return {
        Choice.TELEGRAM: (TELEGRAM,),
        Choice.WECHAT: (WECHAT,),
        Choice.WECOM: (WECHAT, WECOM),
        Choice.ALL: (TELEGRAM, WECHAT, WECOM),
    }[choice]


def accounts(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """What the sandbox must be told of the lines on which it calls us; nobody is at their addresses yet."""
    secrets = {"secret": SECRET, "callback_token": SECRET, "aes_key": AES_KEY, "name": TITLE}
    identities: dict[str, dict[str, Any]] = {"wechat": {"appid": APPID}, "wecom": {"corp": CORP, "agent": AGENT}}
    return [
        {"channel": line.channel, "username": line.username, **secrets, **identities[line.channel]}
        for line in lines
        if line.channel in identities
    ]


def settings_of(lines: Iterable[Line], bases: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the lines; `bases` are the messengers' addresses, by channel."""
    secrets = {"secret": SECRET, "token": SECRET, "aes_keys": AES_KEY, "name": TITLE}
    every: dict[str, dict[str, Any]] = {
        # Clear of the messenger's 30 a second even when a batch leaves in one instant of a standing clock.
        "telegram": {"tokens": f"{BOT}={TOKEN}", "rate": 20},
        "wechat": {"appid": APPID, **secrets},
        "wecom": {"corpid": CORP, "agent": AGENT, **secrets},
    }
    chosen = {line.channel: dict(every[line.channel]) for line in lines}
    for channel, one in chosen.items():
        one["api_base"] = bases.get(channel, "http://127.0.0.1")
    return chosen if "telegram" in chosen else {**chosen, "telegram": {"rate": 20}}
