"""Chinese numerals: 三十六, 三六 (digit by digit) and 三十六点五 as numbers."""

from decimal import Decimal

DIGITS = "零〇一二两三四五六七八九"
NUMERALS = DIGITS + "十百"


def number_of(whole: str, fraction: str = "") -> Decimal | None:
    """The number of an integer part and the decimals after the point, in Chinese or Arabic digits; 半 is a half.

    None when the characters make no number, as 三十六五.
    """
    spelled = _integer(whole)
    if spelled is None:
        return None
    decimals = "5" if fraction == "半" else "".join(_digit(letter) for letter in fraction)
    return Decimal(f"{spelled}.{decimals or '0'}")


def _integer(whole: str) -> int | None:
    if whole.isascii():
        return int(whole)
    # Importing cn2an takes about 0.2 s (it builds its tables then), which every start of the command line would pay.
    from cn2an import cn2an

    try:
        return int(cn2an(whole, "normal"))
    except (ValueError, KeyError):  # KeyError is a fault of cn2an: 五三十六
        return None


def _digit(letter: str) -> str:
    return letter if letter.isascii() else str(_integer(letter))
