"""What an account sees when a call fails."""

from __future__ import annotations


class Trouble(Exception):  # noqa: N818 - an errcode is an answer
    """An errcode with its words."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(f"{code} {words}")
        self.code, self.words = code, words
