"""Settings of Telegram: which bots, how they are reached, how fast they may write."""

import re
from collections import Counter
from itertools import chain
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from bot.sections.values import LOOPBACK


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
