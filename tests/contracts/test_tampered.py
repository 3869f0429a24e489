"""Calls of WeChat and WeCom as a forger would make them of a real one: every variant is refused, with no effect."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from channels.port import Call, Text
from channels.sealed_callbacks import LONGEST_SKEW, REPEATED_FOR, Seal, signature_of
from channels.sealed_calls import Read, SealedCalls
from channels.wechat_updates import incoming as wechat
from channels.wecom_updates import incoming as wecom
from tests.contracts.adapters import AES_KEY, APPID, BOT, CALLBACK_TOKEN, Listener

NOW = 1_714_112_445.0
MESSAGE = (
    b"<xml><ToUserName>us</ToUserName><FromUserName>oOne</FromUserName><CreateTime>1580904000</CreateTime>"
    b"<MsgType>text</MsgType><Content>36.5</Content><MsgId>23456</MsgId></xml>"
)
BOTH = pytest.mark.parametrize("read", [wechat, wecom], ids=["wechat", "wecom"])


@dataclass(frozen=True)
class Made:
    """One call, in the parts of which it is made; what is not given follows from the others."""

    message: bytes = MESSAGE
    claims: int | None = None
    """The length that stands before the message."""
    receiver: bytes = APPID.encode()
    padding: Callable[[int], bytes] = lambda size: bytes([size]) * size
    """The bytes for a gap of so many."""
    key: str = AES_KEY
    token: str = CALLBACK_TOKEN
    timestamp: str = str(int(NOW))
    nonce: str = "415670741"
    cut: int = 0
    """So many bytes are missing from the end of the ciphertext."""
    signature: str | None = None
    outer: bytes = b"<xml><ToUserName>us</ToUserName><Encrypt>%s</Encrypt></xml>"

    def call(self) -> Call:
        size = len(self.message) if self.claims is None else self.claims
        plain = b"0123456789abcdef" + size.to_bytes(4, "big") + self.message + self.receiver
        plain += self.padding(32 - len(plain) % 32)
        secret = base64.b64decode(self.key + "=")
        encryptor = Cipher(algorithms.AES256(secret), modes.CBC(secret[:16])).encryptor()
        sealed = encryptor.update(plain[: len(plain) // 16 * 16]) + encryptor.finalize()
        ciphertext = base64.b64encode(sealed[: len(sealed) - self.cut]).decode()
        signature = self.signature
        if signature is None:
            signature = signature_of(self.token, self.timestamp, self.nonce, ciphertext)
        query = {"timestamp": self.timestamp, "nonce": self.nonce, "msg_signature": signature}
        return Call("POST", query, {}, self.outer % ciphertext.encode())


REAL = Made()
SIGNED = REAL.call().query["msg_signature"]
FORGED = {
    "no signature": replace(REAL, signature=""),
    "a signature of another letter": replace(REAL, signature=SIGNED[:-1] + ("0" if SIGNED[-1] != "0" else "1")),
    "a signature in capitals": replace(REAL, signature=SIGNED.upper()),
    "a signature that goes on": replace(REAL, signature=f"{SIGNED}0"),
    "the signature of another token": replace(REAL, token="another-token"),
    "the signature of another message": replace(REAL, signature=SIGNED, message=MESSAGE.replace(b"36.5", b"36.6")),
    "the signature of another time": replace(REAL, signature=SIGNED, timestamp=str(int(NOW) + 1)),
    "the signature of another nonce": replace(REAL, signature=SIGNED, nonce="415670742"),
    "the plain signature, which seals nothing": replace(
        REAL, signature=signature_of(CALLBACK_TOKEN, REAL.timestamp, REAL.nonce)
    ),
    "another key": replace(REAL, key="B" * 43),
    "a length beyond the end": replace(REAL, claims=2**32 - 1),
    "a length of nothing": replace(REAL, claims=0),
    "a length one too small": replace(REAL, claims=len(MESSAGE) - 1),
    "a length one too large": replace(REAL, claims=len(MESSAGE) + 1),
    "a block cut off": replace(REAL, cut=32),
    "half a block cut off": replace(REAL, cut=16),
    "a byte cut off": replace(REAL, cut=1),
    "padding of zeros": replace(REAL, padding=bytes),
    "padding that claims more than a block": replace(REAL, padding=lambda size: b"\x21" * size),
    "padding that is not all one number": replace(REAL, padding=lambda size: b"\x00" * (size - 1) + bytes([size])),
    "another appid": replace(REAL, receiver=b"wxanother0000000"),
    "no appid": replace(REAL, receiver=b""),
    "an appid that goes on": replace(REAL, receiver=APPID.encode() + b"0"),
    "an appid in capitals": replace(REAL, receiver=APPID.upper().encode()),
    "a time stamp that is over": replace(REAL, timestamp=str(int(NOW - LONGEST_SKEW) - 1)),
    "a time stamp of tomorrow": replace(REAL, timestamp=str(int(NOW) + 86_400)),
    "a time stamp that is none": replace(REAL, timestamp="soon"),
    "a document type": replace(REAL, outer=b"<!DOCTYPE x [<!ENTITY a 'b'>]><xml><Encrypt>%s</Encrypt></xml>"),
    "an open message": replace(REAL, outer=b"<xml><Encrypt/>" + MESSAGE + b"<X>%s</X></xml>"),
}


def calls_of(read: Read, now: Callable[[], float] = lambda: NOW) -> SealedCalls:
    return SealedCalls(BOT, Seal(CALLBACK_TOKEN, (AES_KEY,), APPID), read, silence_seconds=0, now=now)


@BOTH
async def test_the_call_of_which_they_are_made_is_taken(read: Read) -> None:
    listener = Listener()
    assert (await calls_of(read).answer(listener.accept, REAL.call())).body == b"success"
    assert listener.contents == [Text("36.5")]


@BOTH
@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
async def test_a_forged_call_is_refused_and_has_no_effect(read: Read, forged: Made) -> None:
    listener = Listener()
    assert (await calls_of(read).answer(listener.accept, forged.call())).status == 403
    assert listener.heard == []


@BOTH
async def test_a_nonce_is_not_good_for_a_second_message_nor_later_for_the_same(read: Read) -> None:
    clock = [NOW]
    listener, calls = Listener(), calls_of(read, lambda: clock[0])
    second = replace(REAL, message=MESSAGE.replace(b"23456", b"23457"))
    assert (await calls.answer(listener.accept, REAL.call())).status == 200
    assert (await calls.answer(listener.accept, second.call())).status == 403
    clock[0] += REPEATED_FOR + 1
    assert (await calls.answer(listener.accept, REAL.call())).status == 403
    clock[0] += LONGEST_SKEW
    assert (await calls.answer(listener.accept, REAL.call())).status == 403
    assert [one.update_id for one in listener.heard] == ["23456"]


@BOTH
async def test_every_single_bit_of_the_ciphertext_counts(read: Read) -> None:
    listener, calls = Listener(), calls_of(read)
    real = REAL.call()
    sealed = real.body.partition(b"<Encrypt>")[2].partition(b"<")[0]
    for at in range(0, len(sealed) - 2, 7):
        changed = sealed[:at] + (b"A" if sealed[at : at + 1] != b"A" else b"B") + sealed[at + 1 :]
        forged = replace(real, body=real.body.replace(sealed, changed))
        assert (await calls.answer(listener.accept, forged)).status == 403
    assert listener.heard == []
