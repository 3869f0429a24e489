"""The beginning of what somebody wrote: enough for whoever knows it to know which is meant."""

KNOWN_BY = 16
"""Characters by which a notice is told from others."""


def cut(text: str, longest: int) -> str:
    """A text in `longest` characters at most; where something is left out, the last of them is ``…``."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def first_words(body: str, longest: int = KNOWN_BY) -> str:
    """The first line of a text, in so many characters at most."""
    return cut(body.strip().partition("\n")[0], longest)
