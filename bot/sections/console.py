"""What the consoles of WeChat and WeCom show beside an account: its secret, the token and the keys of callbacks."""

import re

from pydantic import BaseModel, SecretStr, field_validator

_AES_KEYS = re.compile(r"[A-Za-z0-9+/]{43}(,[A-Za-z0-9+/]{43})?")


class ConsoleSettings(BaseModel):
    """Settings that are copied from such a console, and the name that the account has there."""

    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    aes_keys: SecretStr = SecretStr("")
    name: str = "网格通"

    @field_validator("aes_keys")
    @classmethod
    def keys(cls, value: SecretStr) -> SecretStr:
        """The EncodingAESKey in force, and perhaps the one before it."""
        if value.get_secret_value() and not _AES_KEYS.fullmatch(value.get_secret_value()):
            raise ValueError("the console's EncodingAESKey, 43 letters and digits; after a comma the one before it")
        return value

    def need_all(self, group: str, given: str) -> None:
        """Raises `ValueError` naming the first that is missing in a group of which `given` is set."""
        for name in ("secret", "token", "aes_keys"):
            if not getattr(self, name).get_secret_value():
                raise ValueError(f"{group}__{name.upper()} is needed with {group}__{given}")
