"""What the console asks before it saves an address: whoever is there must know the secrets, and say a word back."""

from __future__ import annotations

import secrets
import time

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.wechat.account import ServiceAccount
from sandbox.wechat.seal import seal, sign

PATIENCE = ClientTimeout(total=20)


async def says_its_word(account: ServiceAccount, address: str) -> bool:
    """Whether the account's house is at the address. WeCom seals its word, WeChat does not."""
    word = str(secrets.randbelow(10**19))
    stamp = {"timestamp": str(int(time.time())), "nonce": str(secrets.randbelow(10**10))}
    if account.channel == "wecom":
        echo = seal(account.aes_key, account.token, word.encode())
        signed = {"msg_signature": sign(account.callback_token, *stamp.values(), echo)}
    else:
        echo, signed = word, {"signature": sign(account.callback_token, *stamp.values())}
    query = {**signed, **stamp, "echostr": echo}
    try:
        async with ClientSession(timeout=PATIENCE) as http, http.get(address, params=query) as answer:
            return answer.status == 200 and await answer.text() == word
    except (TimeoutError, ClientError, OSError, ValueError):
        return False
