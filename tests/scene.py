"""Where and when the stories play: the bots, the first day, its clock."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2020, 2, 10)
TOKEN, BOT, USERNAME = "1000001:AAE-sandbox-token", "telegram", "gridbot"
BOTS = {
    BOT: (TOKEN, USERNAME),
    "second": ("1000002:AAE-second-token", "gridbot_two"),
    "wechat": ("", "gridbot_wechat"),
    "wecom": ("", "gridbot_wecom"),
}
"""By the name in the settings: token and username; the last two beside Telegram (`tests/several.py`)."""
HOOK, SECRET = "/telegram/opaque", "a-secret-of-the-tests"


def local(day: date, clock: str) -> datetime:
    """A local day and time of day as an instant."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)
