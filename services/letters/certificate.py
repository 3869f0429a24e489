"""A certificate put into words, in both languages: whoever stands at a gate may read either."""

from datetime import date

from services.certificates import Certificate
from services.dates import date_in
from services.drawing.certificate import Page
from services.words import LANGUAGES, Value, text_for


def page_of(one: Certificate, link: str) -> Page:
    """What stands on the picture; its QR code says `link`."""
    days = (one.last_day - one.first_day).days + 1
    return Page(
        title=_both("certificate-title"),
        name=one.name,
        area=one.area,
        days=_both("certificate-days", days=days, first=one.first_day, last=one.last_day),
        valid=_both("certificate-valid", day=one.valid_from),
        gate=_both("certificate-gate"),
        link=link,
        number=one.code[-6:],
    )


def _both(key: str, **args: int | date) -> tuple[str, str]:
    chinese, english = (_in(language, key, args) for language in LANGUAGES)
    return chinese, english


def _in(language: str, key: str, args: dict[str, int | date]) -> str:
    said: dict[str, Value] = {
        name: date_in(value, language) if isinstance(value, date) else value for name, value in args.items()
    }
    return text_for(language, key, **said)
