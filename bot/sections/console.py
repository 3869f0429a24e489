"""What the consoles of WeChat and WeCom show beside an account: its secret, the token and the keys of callbacks."""

import re

from pydantic import BaseModel, SecretStr

_AES_KEYS = re.compile(r"[A-Za-z0-9+/]{43}(,[A-Za-z0-9+/]{43})?")


def known_keys(value: SecretStr) -> SecretStr:
    """The EncodingAESKey in force, and perhaps the one before it; raises `ValueError` for what is none."""
    if value.get_secret_value() and not _AES_KEYS.fullmatch(value.get_secret_value()):
        raise ValueError("the console's EncodingAESKey, 43 letters and digits; after a comma the one before it")
    return value


def need_all(group: BaseModel, prefix: str, with_what: str) -> None:
    """Raises `ValueError` naming the first that is not given; `with_what` is the setting that asks for them."""
    for name in ("secret", "token", "aes_keys"):
        if not getattr(group, name).get_secret_value():
            raise ValueError(f"{prefix}__{name.upper()} is needed with {prefix}__{with_what}")
