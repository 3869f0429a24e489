"""Names may be read; phone and identity numbers are sealed, and found by a blind index."""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Vault:
    """Keys derived from one secret of at least 16 bytes, for sealing, finding and signing."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 16:
            raise ValueError("the encryption key is shorter than 16 bytes")
        self._seal = AESGCM(_derive(secret, b"seal"))
        self._find = _derive(secret, b"find")
        self._sign = _derive(secret, b"sign")

    def seal(self, text: str, purpose: str) -> bytes:
        """`text` encrypted (AES-256-GCM) and bound to `purpose`: it cannot be moved to another column."""
        return self.seal_bytes(text.encode(), purpose)

    def seal_bytes(self, content: bytes, purpose: str) -> bytes:
        """The same for bytes."""
        nonce = os.urandom(_NONCE)
        return nonce + self._seal.encrypt(nonce, content, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        """The text again; raises `cryptography.exceptions.InvalidTag` when altered or of another purpose."""
        return self.open_bytes(sealed, purpose).decode()

    def open_bytes(self, sealed: bytes, purpose: str) -> bytes:
        """The bytes again; raises like `open`."""
        return self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())

    def index(self, text: str, purpose: str) -> bytes:
        """The same bytes for the same text, telling nothing of it without the key."""
        return self.index_bytes(text.encode(), purpose)

    def index_bytes(self, content: bytes, purpose: str) -> bytes:
        """The same for bytes."""
        return hmac.new(self._find, purpose.encode() + b":" + content, hashlib.sha256).digest()

    def signature(self, payload: bytes) -> bytes:
        """HMAC-SHA256 of `payload`."""
        return hmac.new(self._sign, payload, hashlib.sha256).digest()


def _derive(secret: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gridbot " + info).derive(secret)
