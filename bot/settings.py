"""Settings: from the environment (`GRIDBOT_…`) or `.env`, read here and nowhere else, passed down as plain values."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import time, timedelta
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_DURATION = re.compile(r"(\d+)([smhd])")
_AES_KEYS = re.compile(r"[A-Za-z0-9+/]{43}(,[A-Za-z0-9+/]{43})?")
_SECRETS = {"tokens", "token", "aes_keys", "secret", "encryption_key", "database_url", "url"}
WECHAT, WECOM = "wechat", "wecom"
"""What the one bot of each is called."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_USER = re.compile(r"//[^/@\s]*@")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class SettingsError(Exception):
    """A setting is wrong; each line names it, says what it holds (never a secret) and what is allowed."""


def duration(value: object) -> timedelta:
    """`90s`, `15m`, `2h`, `1d`."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(str(value).strip())
    if not found:
        raise ValueError("a duration such as 90s, 15m or 2h")
    return timedelta(seconds=int(found[1]) * _SECONDS[found[2]])


def durations(value: object) -> tuple[timedelta, ...]:
    """`10m,10m,15m,30m,30m,60m`: one for each step of the ladder."""
    if isinstance(value, tuple):
        return value
    return tuple(duration(part) for part in str(value).split(","))


Duration = Annotated[timedelta, BeforeValidator(duration)]
Ladder = Annotated[tuple[timedelta, ...], NoDecode, BeforeValidator(durations), Field(min_length=6, max_length=6)]


def _minutes(*each: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=one) for one in each)


class TelegramSettings(BaseModel):
    """Telegram: no token, no Telegram."""

    tokens: Annotated[dict[str, SecretStr], NoDecode] = {}
    areas: Annotated[dict[str, tuple[str, ...]], NoDecode] = {}
    client: Literal["aiogram", "ptb"] = "aiogram"
    api_base: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_base: str | None = None
    certificate: str | None = None
    secret: SecretStr | None = None
    rate: float = Field(default=29, gt=0, le=1000)

    @field_validator("tokens", mode="before")
    @classmethod
    def read_tokens(cls, value: object) -> object:
        """`name=token,name=token`, or one bare token."""
        if not isinstance(value, str):
            return value
        found: dict[str, str] = {}
        for part in filter(None, (one.strip() for one in value.split(","))):
            name, _, token = part.rpartition("=")
            if not re.fullmatch(r"\d+:[\w-]{10,}", token):
                raise ValueError("tokens from BotFather, comma separated: name=123456:ABC…")
            if (name or "telegram") in found:
                raise ValueError("a name for each token: name=123456:ABC…")
            found[name or "telegram"] = token
        return found

    @field_validator("areas", mode="before")
    @classmethod
    def read_areas(cls, value: object) -> object:
        """`name=code+code,name=code`: which bot serves which areas."""
        if not isinstance(value, str):
            return value
        found: dict[str, tuple[str, ...]] = {}
        for part in filter(None, (one.strip() for one in value.split(","))):
            name, equals, codes = part.partition("=")
            served = tuple(filter(None, (one.strip() for one in codes.split("+"))))
            if not equals or not served or name in found:
                raise ValueError("area codes for the name of each bot: west=KQ+QS,east=DH")
            found[name] = served
        return found

    @field_validator("api_base", "webhook_base")
    @classmethod
    def without_slash(cls, value: str | None) -> str | None:
        """An address that paths are put behind."""
        return value.rstrip("/") if value else None

    @field_validator("webhook_base")
    @classmethod
    def safe_address(cls, value: str | None) -> str | None:
        """Telegram calls https only; a sandbox or a Bot API server of one's own on this machine may do without."""
        parts = urlsplit(value or "https://unset")
        schemes = {"https", "http"} if parts.hostname in LOOPBACK else {"https"}
        more = parts.query or parts.fragment or parts.username or parts.password
        if not parts.hostname or more or parts.scheme not in schemes or parts.port == 0:
            raise ValueError("an address that Telegram can reach, such as https://grid.example.org")
        return value

    @field_validator("secret")
    @classmethod
    def secret_letters(cls, value: SecretStr | None) -> SecretStr | None:
        """What Telegram allows in a secret token."""
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("1 to 256 of A-Z a-z 0-9 _ -")
        return value

    @model_validator(mode="after")
    def agree(self) -> Self:
        """Areas belong to bots that there are, and webhooks need somewhere to be called."""
        if strangers := sorted(self.areas.keys() - self.tokens.keys()):
            raise ValueError(f"GRIDBOT_TELEGRAM__AREAS names {strangers[0]!r}, and no token has that name")
        if twice := [code for code, bots in Counter(chain(*self.areas.values())).items() if bots > 1]:
            raise ValueError(f"GRIDBOT_TELEGRAM__AREAS gives {twice[0]!r} to two bots")
        if self.mode == "webhook" and self.webhook_base is None:
            raise ValueError("GRIDBOT_TELEGRAM__WEBHOOK_BASE is needed for GRIDBOT_TELEGRAM__MODE = 'webhook'")
        return self


def _address(value: str | None) -> str | None:
    """An address that paths are put behind."""
    if value and urlsplit(value).scheme not in {"https", "http"}:
        raise ValueError("an address such as https://grid.example.org")
    return value.rstrip("/") if value else None


def _aes_keys(value: SecretStr) -> SecretStr:
    if value.get_secret_value() and not _AES_KEYS.fullmatch(value.get_secret_value()):
        raise ValueError("the console's EncodingAESKey, 43 letters and digits; after a comma the one before it")
    return value


def _complete(group: BaseModel, prefix: str, with_what: str) -> None:
    for name in ("secret", "token", "aes_keys"):
        if not getattr(group, name).get_secret_value():
            raise ValueError(f"{prefix}__{name.upper()} is needed with {prefix}__{with_what}")


class WeChatSettings(BaseModel):
    """WeChat's service account: no appid, no WeChat."""

    appid: str = ""
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    aes_keys: SecretStr = SecretStr("")
    name: str = "网格通"
    areas: Annotated[tuple[str, ...], NoDecode] = ()
    base: str | None = None
    template: str | None = None
    template_fields: Annotated[dict[str, Literal["title", "text", "time"]], NoDecode] = {
        "thing1": "title",
        "thing2": "text",
        "time3": "time",
    }
    api_base: str = "https://api.weixin.qq.com"
    rate: float = Field(default=30, gt=0, le=1000)

    @field_validator("areas", mode="before")
    @classmethod
    def read_areas(cls, value: object) -> object:
        """`code+code`: the areas that it serves."""
        return tuple(filter(None, (one.strip() for one in value.split("+")))) if isinstance(value, str) else value

    @field_validator("template_fields", mode="before")
    @classmethod
    def read_fields(cls, value: object) -> object:
        """`field=title,field=text,field=time`: what the fields of the template are filled with."""
        if not isinstance(value, str):
            return value
        pairs = [one.partition("=") for one in value.split(",")]
        return {name.strip(): part.strip() for name, _, part in pairs}

    @field_validator("api_base", "base")
    @classmethod
    def address(cls, value: str | None) -> str | None:
        """An address that paths are put behind."""
        return _address(value)

    @field_validator("aes_keys")
    @classmethod
    def keys(cls, value: SecretStr) -> SecretStr:
        """The EncodingAESKey in force, and perhaps the one before it."""
        return _aes_keys(value)

    @model_validator(mode="after")
    def complete(self) -> Self:
        """An account needs everything that the console shows beside it."""
        if self.appid:
            _complete(self, "GRIDBOT_WECHAT", "APPID")
        return self


class WeComSettings(BaseModel):
    """An application of WeCom: no corpid, no WeCom."""

    corpid: str = ""
    agent: int = Field(default=0, ge=0)
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    aes_keys: SecretStr = SecretStr("")
    name: str = "网格通"
    api_base: str = "https://qyapi.weixin.qq.com"
    rate: float = Field(default=40, gt=0, le=1000)

    @field_validator("api_base")
    @classmethod
    def address(cls, value: str) -> str:
        """An address that paths are put behind."""
        return _address(value) or ""

    @field_validator("aes_keys")
    @classmethod
    def keys(cls, value: SecretStr) -> SecretStr:
        """The EncodingAESKey in force, and perhaps the one before it."""
        return _aes_keys(value)

    @model_validator(mode="after")
    def complete(self) -> Self:
        """An application needs everything that the console shows beside it."""
        if self.corpid:
            _complete(self, "GRIDBOT_WECOM", "CORPID")
            if not self.agent:
                raise ValueError("GRIDBOT_WECOM__AGENT is needed with GRIDBOT_WECOM__CORPID")
        return self


class RoundSettings(BaseModel):
    """When households are asked (local times), reminded and counted as silent."""

    morning: time = time(8, 0)
    evening: time = time(18, 0)
    remind_after: Duration = timedelta(hours=2)
    miss_after: Duration = timedelta(hours=4)
    spot_checks: Annotated[float, Field(ge=0, le=0.5)] = 0.02


class QuietSettings(BaseModel):
    """When nothing but fevers may ring (local times)."""

    start: time = Field(default=time(21, 30), validation_alias="from")
    end: time = Field(default=time(7, 30), validation_alias="to")


class EscalationSettings(BaseModel):
    """The patience of worker, head, community, street, district, city; and how long a taken alarm may rest."""

    emergency: Ladder = _minutes(3, 5, 5, 10, 10, 15)
    urgent: Ladder = _minutes(10, 10, 15, 30, 30, 60)
    routine: Ladder = _minutes(60, 120, 240, 480, 480, 720)
    emergency_lapse: Duration = timedelta(minutes=10)
    urgent_lapse: Duration = timedelta(minutes=30)
    routine_lapse: Duration = timedelta(hours=4)
    unanswered: int = Field(default=3, ge=0)
    alarms_an_hour: int = Field(default=20, ge=0)


class MediaSettings(BaseModel):
    """Where photos and files are kept: a folder, or s3://bucket/prefix."""

    store: str | None = None
    endpoint: str | None = None
    region: str | None = None
    key: str | None = None
    secret: SecretStr | None = None


class HttpSettings(BaseModel):
    """Where the board and the health checks listen, and under which address the world finds certificates."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    base: str | None = None

    @field_validator("base")
    @classmethod
    def address(cls, value: str | None) -> str | None:
        """An address without a slash at its end."""
        _address(value or "")
        return value.rstrip("/") if value else None


class HeartbeatSettings(BaseModel):
    """After how long a part that does not move is told of, and whom we ping while everything does."""

    patience: Duration = timedelta(minutes=2)
    url: SecretStr = SecretStr("")

    @field_validator("patience")
    @classmethod
    def long_enough(cls, value: timedelta) -> timedelta:
        """A look is taken every ten seconds, and a round of a million takes one minute."""
        if value < timedelta(minutes=1):
            raise ValueError("a duration of 1m at least")
        return value

    @field_validator("url")
    @classmethod
    def address(cls, value: SecretStr) -> SecretStr:
        """An address, which is a secret: whoever knows it can say that all is well."""
        _address(value.get_secret_value())
        return value


class LogSettings(BaseModel):
    """How much is logged, and how."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    as_json: bool = Field(default=False, validation_alias="json")


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
