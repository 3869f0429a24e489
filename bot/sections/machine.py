"""Settings of the machine: where photos are kept, where it listens, who watches it, what it logs."""

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, Field, SecretStr, field_validator

from bot.sections.values import Duration, http_address


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
        return http_address(value)


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
        http_address(value.get_secret_value())
        return value


class LogSettings(BaseModel):
    """How much is logged, and how."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    as_json: bool = Field(default=False, validation_alias="json")
