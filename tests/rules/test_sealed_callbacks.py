"""The seal of WeChat's and WeCom's callbacks: the official vectors, and every way of tampering with them."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from channels.flat_xml import XmlError, read_fields, text
from channels.sealed_callbacks import Freshness, Seal, SealError, is_signed, signature_of

# developers.weixin.qq.com, message encryption guide
TOKEN, KEY, APPID = "AAAAA", "A" * 43, "wxba5fad812f8e6fb9"
TIMESTAMP, NONCE = "1714112445", "415670741"
SIGNATURE = "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
SEALED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT"
    "740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8Y"
    "L/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
# developer.work.weixin.qq.com/document/path/90968
CORP_TOKEN, CORP_KEY, CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"

ANOTHER = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
seal = Seal(TOKEN, (KEY,), APPID)


def opened(ciphertext: str, by: Seal = seal) -> bytes:
    """Opens what we have signed ourselves."""
    signature = signature_of(by.token, TIMESTAMP, NONCE, ciphertext)
    return by.opened(ciphertext, signature=signature, timestamp=TIMESTAMP, nonce=NONCE)


def encrypted(plain: bytes) -> str:
    """Ciphertext of any bytes that fill blocks, padded or not."""
    secret = base64.b64decode(KEY + "=")
    encryptor = Cipher(algorithms.AES256(secret), modes.CBC(secret[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def padded(plain: bytes) -> bytes:
    size = 32 - len(plain) % 32
    return plain + bytes([size]) * size


def test_the_official_callback_opens() -> None:
    message = seal.opened(SEALED, signature=SIGNATURE, timestamp=TIMESTAMP, nonce=NONCE)
    assert len(message) == 167


def test_the_official_answer_is_sealed_byte_for_byte() -> None:
    sealed = seal.sealed(b'{"demo_resp":"good luck"}', chance=b"707722b803182950")
    assert sealed == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    assert signature_of(TOKEN, "1713424427", "415670741", sealed) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_the_official_verification_of_an_address_is_signed() -> None:
    assert is_signed("f464b24fc39322e44b38aa78f5edd27bd1441696", TOKEN, "1714036504", "1514711492")


def test_wecoms_official_echo_opens() -> None:
    corp = Seal(CORP_TOKEN, (CORP_KEY,), CORP)
    echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    found = corp.opened(
        echo, signature="5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", timestamp="1409659589", nonce="263014780"
    )
    assert found == b"1616140317555161061"


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("signature", SIGNATURE[:-1] + "4"),
        ("signature", SIGNATURE.upper()),
        ("signature", SIGNATURE + "0"),
        ("signature", ""),
        ("signature", "密\udcff"),
        ("timestamp", "1714112446"),
        ("nonce", "415670742"),
        ("nonce", ""),
    ],
)
def test_a_changed_part_of_the_call_is_refused(what: str, value: str) -> None:
    call = {"signature": SIGNATURE, "timestamp": TIMESTAMP, "nonce": NONCE, what: value}
    with pytest.raises(SealError, match="signature"):
        seal.opened(SEALED, **call)


@given(st.integers(0, len(SEALED) - 1), st.sampled_from("AZaz09+/=!\n"))
def test_a_changed_letter_of_the_ciphertext_is_refused(at: int, letter: str) -> None:
    changed = SEALED[:at] + letter + SEALED[at + 1 :]
    if changed != SEALED:
        with pytest.raises(SealError, match="signature"):
            seal.opened(changed, signature=SIGNATURE, timestamp=TIMESTAMP, nonce=NONCE)


MESSAGE = b"<xml><Content>36.5</Content></xml>"
HEAD = b"0123456789abcdef" + len(MESSAGE).to_bytes(4, "big")


# From here on the signature is right: somebody knows the token, and not the key


@pytest.mark.parametrize(
    ("ciphertext", "fault"),
    [
        ("", "length"),
        ("AAAA", "length"),
        ("not base64!", "base64"),
        (SEALED[:-4], "length"),
        (base64.b64encode(base64.b64decode(SEALED)[:-16]).decode(), "length"),
        (base64.b64encode(base64.b64decode(SEALED)[:-32]).decode(), "padding"),
        (base64.b64encode(base64.b64decode(SEALED) + bytes(32)).decode(), "padding"),
        (encrypted(b"x" * 64), "padding"),
        (encrypted(b"x" * 31 + b"\x00"), "padding"),
        (encrypted(b"x" * 31 + b"\x21"), "padding"),
        (encrypted(b"x" * 29 + b"\x01\x03\x03"), "padding"),
        (encrypted(padded(b"short")), "length"),
        (encrypted(padded(HEAD[:16] + (2**32 - 1).to_bytes(4, "big") + MESSAGE + APPID.encode())), "length"),
        (encrypted(padded(HEAD[:16] + (len(MESSAGE) + 1).to_bytes(4, "big") + MESSAGE + APPID.encode())), "receiver"),
        (encrypted(padded(HEAD + MESSAGE + b"wxba5fad812f8e6fb8")), "receiver"),
        (encrypted(padded(HEAD + MESSAGE)), "receiver"),
        (encrypted(padded(HEAD + MESSAGE + APPID.encode() + b" ")), "receiver"),
    ],
)
def test_a_forged_inside_is_refused(ciphertext: str, fault: str) -> None:
    with pytest.raises(SealError, match=fault):
        opened(ciphertext)


def test_the_forger_would_have_come_through_with_the_right_inside() -> None:
    assert opened(encrypted(padded(HEAD + MESSAGE + APPID.encode()))) == MESSAGE


def test_another_account_cannot_open_it() -> None:
    with pytest.raises(SealError, match="receiver"):
        opened(SEALED, Seal(TOKEN, (KEY,), "wxanother"))


def test_the_key_before_opens_and_the_key_in_force_seals() -> None:
    rotated = Seal(TOKEN, (ANOTHER, KEY), APPID)
    assert opened(SEALED, rotated) == opened(SEALED)
    assert opened(rotated.sealed(MESSAGE), Seal(TOKEN, (ANOTHER,), APPID)) == MESSAGE
    with pytest.raises(SealError):
        opened(SEALED, Seal(TOKEN, (ANOTHER,), APPID))


@given(st.binary(max_size=300))
def test_whatever_is_sealed_opens_as_it_was(message: bytes) -> None:
    assert opened(seal.sealed(message)) == message


@pytest.mark.parametrize("keys", [(), ("short",), (KEY, "")])
def test_a_key_that_is_none_is_refused_and_not_shown(keys: tuple[str, ...]) -> None:
    with pytest.raises(SealError) as caught:
        Seal(TOKEN, keys, APPID)
    assert "short" not in str(caught.value)
    assert KEY not in repr(seal)


# Again


class Clock:
    now = 1_714_112_445.0

    def __call__(self) -> float:
        return self.now


def test_a_call_may_be_repeated_for_a_minute_and_not_later() -> None:
    clock = Clock()
    fresh = Freshness(clock)
    fresh.check(TIMESTAMP, NONCE, SEALED)
    clock.now += 5
    fresh.check(TIMESTAMP, NONCE, SEALED)
    clock.now += 56
    with pytest.raises(SealError, match="nonce"):
        fresh.check(TIMESTAMP, NONCE, SEALED)


def test_a_nonce_is_good_for_one_message() -> None:
    fresh = Freshness(Clock())
    fresh.check(TIMESTAMP, NONCE, SEALED)
    with pytest.raises(SealError, match="nonce"):
        fresh.check(TIMESTAMP, NONCE, seal.sealed(MESSAGE))


@pytest.mark.parametrize("timestamp", ["", "0", "1714111844", "1714113046", "1714112445.0", "-1", "9" * 5000, "１７"])
def test_a_call_from_another_time_is_refused(timestamp: str) -> None:
    with pytest.raises(SealError, match="time stamp"):
        Freshness(Clock()).check(timestamp, NONCE, SEALED)


def test_what_is_too_old_to_come_again_is_forgotten() -> None:
    clock = Clock()
    fresh = Freshness(clock)
    for number in range(50):
        fresh.check(str(int(clock.now)), str(number), SEALED)
    clock.now += 1300
    fresh.check(str(int(clock.now)), "new", SEALED)
    assert len(fresh) == 1


# What is inside


def test_the_fields_of_a_message() -> None:
    fields = read_fields("<xml><A><![CDATA[王 & <芳>]]></A><B>1</B><C><D>x</D><D>y</D></C><E/></xml>")
    assert fields == {"A": "王 & <芳>", "B": "1", "C": {"D": ["x", "y"]}, "E": ""}
    assert (text(fields, "A"), text(fields, "C"), text(fields, "F")) == ("王 & <芳>", "", "")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<xml>",
        "{}",
        '<!DOCTYPE a [<!ENTITY x "y">]><xml>&x;</xml>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><xml/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><xml><A>&x;</A></xml>',
        b"\xff\xfe\xff",
        b'<?xml version="1.0" encoding="nobody-knows"?><xml/>',
    ],
    ids=repr,
)
def test_what_is_no_xml_of_a_messenger_is_refused(body: str | bytes) -> None:
    with pytest.raises(XmlError):
        read_fields(body)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(body: str) -> None:
    try:
        read_fields(body.encode("utf-8", "surrogatepass"))
    except XmlError:
        return
