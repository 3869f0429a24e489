"""Settings: from the environment (`GRIDBOT_…`) or `.env`, read here and nowhere else, passed down as plain values."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.sections.machine import HeartbeatSettings, HttpSettings, LogSettings, MediaSettings
from bot.sections.telegram import TelegramSettings
from bot.sections.times import EscalationSettings, QuietSettings, RoundSettings
from bot.sections.wechat import WeChatSettings
from bot.sections.wecom import WeComSettings

_SECRETS = {"tokens", "token", "aes_keys", "secret", "encryption_key", "database_url", "url"}
WECHAT, WECOM = "wechat", "wecom"
"""What the one bot of each is called."""
_USER = re.compile(r"//[^/@\s]*@")


class SettingsError(Exception):
    """A setting is wrong; each line names it, says what it holds (never a secret) and what is allowed."""


class Settings(BaseSettings):
    """Everything that an operator may choose."""

    model_config = SettingsConfigDict(
        env_prefix="GRIDBOT_", env_nested_delimiter="__", env_file=".env", extra="ignore", frozen=True
    )

    database_url: SecretStr = SecretStr("sqlite:///gridbot.db")
    engine: Literal["auto", "embedded", "distributed"] = "auto"
    timezone: str = "Asia/Shanghai"
    language: Literal["zh-CN", "en"] = "zh-CN"
    encryption_key: SecretStr | None = None
    telegram: TelegramSettings = Field(default_factory=TelegramSettings)
    wechat: WeChatSettings = Field(default_factory=WeChatSettings)
    wecom: WeComSettings = Field(default_factory=WeComSettings)
    rounds: RoundSettings = Field(default_factory=RoundSettings)
    quiet: QuietSettings = Field(default_factory=QuietSettings)
    escalation: EscalationSettings = Field(default_factory=EscalationSettings)
    media: MediaSettings = Field(default_factory=MediaSettings)
    http: HttpSettings = Field(default_factory=HttpSettings)
    heartbeat: HeartbeatSettings = Field(default_factory=HeartbeatSettings)
    log: LogSettings = Field(default_factory=LogSettings)
    clock_url: str | None = None
    """The page address of a sandbox whose clock is followed: for demos and tests of the whole program."""

    @property
    def rates(self) -> Mapping[str, float]:
        """How many messages a second each bot sends at most, where that is not Telegram's rate."""
        return {WECHAT: self.wechat.rate, WECOM: self.wecom.rate}

    @field_validator("timezone")
    @classmethod
    def known_zone(cls, value: str) -> str:
        """An IANA name."""
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("a time zone such as Asia/Shanghai") from error
        return value


def load_settings(**given: Any) -> Settings:
    """The settings in force; raises `SettingsError` naming every wrong one."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_complaint(one) for one in error.errors())) from error


def _complaint(error: Mapping[str, Any]) -> str:
    parts = [str(part) for part in error["loc"]]
    name = "GRIDBOT_" + "__".join(parts).upper()
    # A group's own complaint has the whole group as its input, the tokens among them.
    secret = any(part in _SECRETS for part in parts) or isinstance(error["input"], Mapping)
    shown = "" if secret else _USER.sub("//…@", f" = {error['input']!r}")
    return f"{name}{shown}: {error['msg'].removeprefix('Value error, ')}"


def read_secret_files(environment: Mapping[str, str]) -> dict[str, str]:
    """The values of settings given as `GRIDBOT_…_FILE`; raises `SettingsError` for a file that cannot be read."""
    found: dict[str, str] = {}
    for name, path in environment.items():
        if name.startswith("GRIDBOT_") and name.endswith("_FILE"):
            try:
                found[name.removesuffix("_FILE")] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{name} = {path!r}: {error.strerror}") from error
    return found
