"""Settings of WeChat: one service account."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from bot.sections.console import ConsoleSettings
from bot.sections.values import http_address


class WeChatSettings(ConsoleSettings):
    """WeChat's service account: no appid, no WeChat."""

    appid: str = ""
    areas: Annotated[tuple[str, ...], NoDecode] = ()
    base: str | None = None
    template: str | None = None
    template_fields: Annotated[dict[str, Literal["title", "text", "time"]], NoDecode] = Field(
        default={"thing1": "title", "thing2": "text", "time3": "time"}
    )
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
        return http_address(value)

    @model_validator(mode="after")
    def complete(self) -> Self:
        """An account needs everything that the console shows beside it."""
        if self.appid:
            self.need_all("GRIDBOT_WECHAT", "APPID")
        return self
