"""Cutting a message into its parts."""

import re
import unicodedata
from dataclasses import replace
from typing import TypeGuard

from rules.temperature.answers import Why
from rules.temperature.degrees import Believable, celsius_of
from rules.temperature.lexicon import Lexicon
from rules.temperature.line import Line
from rules.temperature.measures import measure, other_number
from rules.temperature.names import is_han
from rules.temperature.numerals import NUMERALS
from rules.temperature.tokens import Gap, Name, Token, Value, Width, Word
from rules.temperature.words import Kind

_GAP = re.compile(r"(?:\[[^\[\]0-9]{1,6}\]|[^\w@]|_)+|@")
_MENTION = re.compile(r"@[^\s0-9,:]+")
_LETTERS = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['-][^\W\d_\u3400-\u9fff]+)*")
_DATE = re.compile(r"\s*(?:0?[1-9]|1[0-2])\.(?:[12][0-9]|3[01]|0?[1-9])(?![0-9.])")
_NUMBER = re.compile(rf"[0-9][0-9.·,。点度{NUMERALS}]*")
_SENTENCE = frozenset("\n\r。;!?…")
_CLOSING = frozenset(")]】")
_CLAUSE = frozenset(",、/|+&.")


def cut(line: Line, lexicon: Lexicon, speaker: int | None, believable: Believable) -> list[Token]:
    """All parts of the line in order, without holes; talk is one part as far as it goes."""
    tokens: list[Token] = []
    at = 0
    while at < len(line.text):
        before = tokens[-1] if tokens else None
        token = _token(line.text, at, lexicon, speaker, believable)
        if _is_talk(token) and before is not None and _is_talk(before):
            tokens[-1] = replace(before, end=token.end)
        elif isinstance(token, Value) and token.plain and before is not None and _is_latin_talk(line.text, before):
            tokens.append(Word(token.start, token.end, Kind.FILLER))  # N95
        else:
            tokens.append(token)
        at = token.end
    return _strangers(line.text, _without_date(line.text, tokens))


def _token(text: str, at: int, lexicon: Lexicon, speaker: int | None, believable: Believable) -> Token:
    # Names and words may begin with a Chinese numeral: 一一, 一下.
    found = None if text[at] in "0123456789" else lexicon.longest(text, at)
    if found is None:
        known = _up_to_a_name(text, at, lexicon)
        return _number(known, at, believable) or _gap(text, at, lexicon) or _talk(text, at)
    end, meaning = found
    if not isinstance(meaning, Kind):
        return Name(at, end, meaning.members, meaning.full)
    if meaning is Kind.SELF:
        return Word(at, end, Kind.STRANGER) if speaker is None else Name(at, end, frozenset({speaker}), writer=True)
    return Word(at, end, meaning)


def _up_to_a_name(text: str, at: int, lexicon: Lexicon) -> str:
    """大儿子36.5二儿子36.6: a number ends where somebody is named whose name begins with a numeral."""
    run = _NUMBER.match(text, at)
    for start in range(at + 1, run.end() if run else at):
        if text[start] not in NUMERALS or text[start - 1] not in "0123456789":
            continue
        end, meaning = lexicon.longest(text, start) or (start, Kind.TALK)
        if end > start + 1 and (not isinstance(meaning, Kind) or meaning is Kind.STRANGER):
            return text[:start]
    return text


def _number(text: str, at: int, believable: Believable) -> Token | None:
    end = other_number(text, at)
    if end is not None:
        return Word(at, end, Kind.FILLER)
    seen = measure(text, at)
    if seen is None:
        return None
    celsius = celsius_of(seen, believable)
    if celsius is None:
        return Word(at, seen.end, Kind.FILLER)
    if isinstance(celsius, Why):
        return Value(at, seen.end, seen.number, celsius, seen.plain)
    return Value(at, seen.end, celsius, None, seen.plain)


def _gap(text: str, at: int, lexicon: Lexicon) -> Gap | None:
    mention = _MENTION.match(text, at)
    if mention and not lexicon.longest(text, at + 1):
        return Gap(at, mention.end(), Width.BLANK, "")
    found = _GAP.match(text, at)
    if found is None:
        return None
    return Gap(at, found.end(), _width(found[0]), found[0])


def _width(marks: str) -> Width:
    if not _SENTENCE.isdisjoint(marks):
        return Width.SENTENCE
    if not _CLAUSE.isdisjoint(marks):
        return Width.CLAUSE
    # What is in brackets belongs to what is before them: 36.5(我)37.4(爷爷).
    apart = any(mark.isspace() or mark in _CLOSING or unicodedata.category(mark) == "So" for mark in marks)
    return Width.BLANK if apart else Width.NONE


def _talk(text: str, at: int) -> Word:
    letters = _LETTERS.match(text, at)
    return Word(at, letters.end() if letters else at + 1, Kind.TALK)


def _is_talk(token: Token | None) -> TypeGuard[Word]:
    return isinstance(token, Word) and token.kind is Kind.TALK


def _is_latin_talk(text: str, token: Token | None) -> bool:
    return _is_talk(token) and text[token.end - 1].isascii()


def _without_date(text: str, tokens: list[Token]) -> list[Token]:
    """A date in front (2.18 王芳36.5) is no value, if a believable one follows."""
    date = _DATE.match(text)
    believable = [token for token in tokens if isinstance(token, Value) and token.why is None]
    if not date or not believable:
        return tokens
    return [
        Word(token.start, token.end, Kind.FILLER) if isinstance(token, Value) and token.end == date.end() else token
        for token in tokens
    ]


def _strangers(text: str, tokens: list[Token]) -> list[Token]:
    """An unknown word grown together with a name makes somebody else of it: 李建国, 张奶奶, 李阿姨."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        somebody = isinstance(token, Name) and not token.full and not token.writer
        somebody |= isinstance(token, Word) and token.kind is Kind.STRANGER
        if somebody and _is_talk(before) and is_han(text[before.end - 1]):
            found[-1] = Word(before.start, token.end, Kind.STRANGER)
        else:
            found.append(token)
    return found
