"""Phone and identity numbers: the one spelling under which each is kept and found."""

import re
import unicodedata
from datetime import date

_BETWEEN_DIGITS = re.compile(r"[\s().·-]+")
_CHINA = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")
_PHONE = re.compile(r"^\d{7,15}$")
_MOBILE_LENGTH = re.compile(r"^1\d{10}$")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_ID_NUMBER = re.compile(r"^[1-9]\d{16}[\dX]$")

_ID_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_ID_CHECK = "10X98765432"


def phone_digits(text: str) -> str:
    """A phone number without separators and without China's 86: ``+86 199-0000-0001`` is ``19900000001``."""
    plain = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return _CHINA.sub("", plain).removeprefix("+")


def is_phone(digits: str) -> bool:
    """Whether these digits can be dialled: 7 to 15 of them, and a mainland mobile number has a mobile prefix."""
    if _MOBILE_LENGTH.match(digits):
        return bool(_MOBILE.match(digits))
    return bool(_PHONE.match(digits))


def id_characters(text: str) -> str:
    """An identity number without separators, its check character a capital X."""
    return _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_id_number(characters: str) -> bool:
    """Whether this is the form of a citizen's number: 17 digits with a real date of birth, and a check character."""
    if not (characters.isascii() and _ID_NUMBER.match(characters)):
        return False
    try:
        date(int(characters[6:10]), int(characters[10:12]), int(characters[12:14]))
    except ValueError:
        return False
    return True


def id_check_character(digits: str) -> str:
    """The check character that belongs to 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _ID_CHECK[sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=True)) % 11]
