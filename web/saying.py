"""How a page says things: the catalogue, dates, numbers and durations in the reader's language."""

from datetime import date, datetime

from aiohttp import web
from babel.dates import format_date

from services.ages import age_in
from services.words import Value, words_in


def reader_language(request: web.Request) -> str:
    """What the address asks for, else the first of our languages that the browser accepts, else Chinese."""
    wanted: str = request.query.get("lang") or request.headers.get("Accept-Language") or ""
    tags = (part.split(";")[0].strip().lower() for part in wanted.split(","))
    return next((tag for tag in tags if tag.startswith(("zh", "en"))), "zh")


class Saying:
    """What a template needs to speak: `say("board-title")`, `say.number(1234)`."""

    def __init__(self, language: str) -> None:
        self._words = words_in(language)
        self.language = self._words.language
        self._known: dict[str, str] = {}
        self._locale = "zh_CN" if self.language == "zh-CN" else "en_GB"

    def __call__(self, key: str, **args: Value) -> str:
        """A text of the catalogue; raises `services.words.MissingTextError`."""
        return self._words.text(key, args) if args else self._fixed(key)

    def _fixed(self, key: str) -> str:
        """A table has a few labels, and thousands of cells that bear them."""
        if key not in self._known:
            self._known[key] = self._words.text(key)
        return self._known[key]

    def number(self, number: int) -> str:
        """With a mark between the thousands, the same in both languages."""
        return f"{number:,}"

    def day(self, day: date) -> str:
        """With the weekday: 2020年2月10日 星期一, Monday 10 February 2020."""
        if self.language == "zh-CN":
            return format_date(day, "y年M月d日 EEEE", locale=self._locale)
        return format_date(day, "EEEE d MMMM y", locale=self._locale)

    def age(self, since: datetime, now: datetime) -> str:
        """How long ago, in the two largest units that say something: 25 分钟, 3 小时 5 分, 2 天 4 小时."""
        return age_in(self._words, now - since)
