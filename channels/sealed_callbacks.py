"""The sealed callbacks of WeChat and WeCom: who called, that nobody changed it, and that it was not played again.

The scheme of both (developers.weixin.qq.com, message encryption guide; developer.work.weixin.qq.com, document 90968):
AES-256-CBC under a key of 43 base64 letters, PKCS#7 to blocks of 32 bytes; inside are 16 random bytes, the length of
the message (4 bytes, big-endian), the message, and the id of the receiver. SHA-1 over the sorted token, time stamp,
nonce and ciphertext is the signature: it says that the caller knows the token, and is looked at before anything else.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

AES_KEY: Final = re.compile(r"[A-Za-z0-9+/]{43}")
"""An EncodingAESKey as the console shows it."""
BLOCK_BITS = 256
HEAD = 16
"""Bytes of chance before the length."""
LONGEST_SKEW = 600.0
"""Seconds (real) between the caller's clock and ours, or between a call and its last repetition."""
REPEATED_FOR = 60.0
"""Seconds (real): an unanswered call is repeated three times, five seconds apart; what comes later is not its own."""
MOST_REMEMBERED = 100_000
"""Nonces; beyond it the oldest are forgotten: the time stamp and the message's own number still stand against them."""


class SealError(Exception):
    """A callback is not what the messenger sealed for us."""


def signature_of(token: str, *parts: str) -> str:
    """SHA-1 over the sorted token and parts, in hexadecimal."""
    return hashlib.sha1(
        "".join(sorted((token, *parts))).encode("utf-8", "surrogatepass"), usedforsecurity=False
    ).hexdigest()


def is_signed(given: str, token: str, *parts: str) -> bool:
    """Whether the signature is the token's, compared in constant time."""
    expected = signature_of(token, *parts)
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


@dataclass(frozen=True, slots=True)
class Seal:
    """What the console and we share: `keys` are EncodingAESKeys, the one in force first, then the one before it.

    `receiver` is the appid (WeChat) or the corpid (WeCom). Raises `SealError` for a key that is none.
    """

    token: str = field(repr=False)
    keys: Sequence[str] = field(repr=False)
    receiver: str

    def __post_init__(self) -> None:
        if not self.keys or not all(AES_KEY.fullmatch(key) for key in self.keys):
            raise SealError("an EncodingAESKey has 43 letters and digits")

    def opened(self, ciphertext: str, *, signature: str, timestamp: str, nonce: str) -> bytes:
        """The message inside; raises `SealError`, which never says more than what was looked at."""
        if not is_signed(signature, self.token, timestamp, nonce, ciphertext):
            raise SealError("signature")
        try:
            sealed = base64.b64decode(ciphertext, validate=True)
        except (binascii.Error, ValueError) as error:
            raise SealError("base64") from error
        if not sealed or len(sealed) % (BLOCK_BITS // 8):
            raise SealError("length")
        faults = []
        for key in self.keys:
            try:
                return self._unpacked(_decrypted(key, sealed))
            except SealError as fault:
                faults.append(str(fault))
        raise SealError(faults[0])

    def sealed(self, message: bytes, *, chance: bytes | None = None) -> str:
        """The message as ciphertext under the key in force; `chance` (16 bytes) is given in tests only."""
        head = chance or secrets.token_hex(HEAD // 2).encode()
        plain = head + len(message).to_bytes(4, "big") + message + self.receiver.encode()
        padder = PKCS7(BLOCK_BITS).padder()
        encryptor = _cipher(self.keys[0]).encryptor()
        padded = padder.update(plain) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def _unpacked(self, plain: bytes) -> bytes:
        if len(plain) < HEAD + 4:
            raise SealError("length")
        size = int.from_bytes(plain[HEAD : HEAD + 4], "big")
        message, receiver = plain[HEAD + 4 : HEAD + 4 + size], plain[HEAD + 4 + size :]
        if len(message) != size:
            raise SealError("length")
        if not hmac.compare_digest(receiver, self.receiver.encode()):
            raise SealError("receiver")
        return message


def _cipher(key: str) -> Cipher[modes.CBC]:
    secret = base64.b64decode(key + "=")
    return Cipher(algorithms.AES256(secret), modes.CBC(secret[:16]))


def _decrypted(key: str, sealed: bytes) -> bytes:
    decryptor = _cipher(key).decryptor()
    padded = decryptor.update(sealed) + decryptor.finalize()
    unpadder = PKCS7(BLOCK_BITS).unpadder()
    try:
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError as error:
        raise SealError("padding") from error


class Freshness:
    """Refuses a call that is old, and one whose nonce was used: the same call again is a repetition only for a minute.

    In one process's memory; between processes the number of each message stands against a second effect.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._used: OrderedDict[tuple[str, str], tuple[str, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._used)

    def check(self, timestamp: str, nonce: str, ciphertext: str) -> None:
        """Raises `SealError`; to be asked after the signature has been looked at, or strangers fill the memory."""
        now = self._now()
        if not timestamp.isdecimal() or len(timestamp) > 12 or abs(now - int(timestamp)) > LONGEST_SKEW:
            raise SealError("time stamp")
        digest = hashlib.sha256(ciphertext.encode("utf-8", "surrogatepass")).hexdigest()
        before = self._used.get((timestamp, nonce))
        if before is not None and (before[0] != digest or now - before[1] > REPEATED_FOR):
            raise SealError("nonce")
        if before is None:
            self._used[timestamp, nonce] = (digest, now)
            self._forget(now)

    def _forget(self, now: float) -> None:
        while self._used:
            oldest = next(iter(self._used.values()))
            if len(self._used) <= MOST_REMEMBERED and now - oldest[1] <= 2 * LONGEST_SKEW:
                return
            self._used.popitem(last=False)
