"""What `gridbot demo --channel` may be."""

from enum import StrEnum


class Choice(StrEnum):
    """Whose phones the people of the demo have."""

    TELEGRAM = "telegram"
    WECHAT = "wechat"
    """Everybody's."""
    WECOM = "wecom"
    """The staff's; residents, who are no members of a corporation, have WeChat."""
    ALL = "all"
    """Residents are on WeChat or Telegram, the staff on WeCom or Telegram."""
