"""Settings of WeCom: one application."""

from typing import Self

from pydantic import Field, field_validator, model_validator

from bot.sections.console import ConsoleSettings
from bot.sections.values import http_address


class WeComSettings(ConsoleSettings):
    """An application of WeCom: no corpid, no WeCom."""

    corpid: str = ""
    agent: int = Field(default=0, ge=0)
    api_base: str = "https://qyapi.weixin.qq.com"
    rate: float = Field(default=40, gt=0, le=1000)

    @field_validator("api_base")
    @classmethod
    def address(cls, value: str) -> str:
        """An address that paths are put behind."""
        return http_address(value) or ""

    @model_validator(mode="after")
    def complete(self) -> Self:
        """An application needs everything that the console shows beside it."""
        if self.corpid:
            self.need_all("GRIDBOT_WECOM", "CORPID")
            if not self.agent:
                raise ValueError("GRIDBOT_WECOM__AGENT is needed with GRIDBOT_WECOM__CORPID")
        return self
