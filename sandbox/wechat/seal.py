"""How WeChat seals a callback (developers.weixin.qq.com, message encryption guide)."""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7


def sign(token: str, *parts: str) -> str:
    """SHA-1 over the sorted token and parts."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def seal(aes_key: str, receiver: str, message: bytes) -> str:
    """AES-256-CBC of chance, length, message and receiver, in base64."""
    secret = base64.b64decode(aes_key + "=")
    plain = secrets.token_bytes(16) + len(message).to_bytes(4, "big") + message + receiver.encode()
    padder = PKCS7(256).padder()
    encryptor = Cipher(algorithms.AES256(secret), modes.CBC(secret[:16])).encryptor()
    padded = padder.update(plain) + padder.finalize()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()
