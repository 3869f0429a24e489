"""From SVG to PNG, with the house's own font."""

from pathlib import Path

FONT = Path(__file__).parent / "NotoSansSC-subset.ttf"
FAMILY = "Noto Sans SC"


def png(svg: str) -> bytes:
    """The picture; takes some tens of milliseconds: never within a transaction."""
    from resvg_py import svg_to_bytes  # only whoever draws needs it

    return svg_to_bytes(
        svg_string=svg,
        font_files=[str(FONT)],
        font_family=FAMILY,
        # A rare character in a name is looked for in the machine's own fonts, which takes longer.
        skip_system_fonts=_can_write(svg),
        languages=["zh"],
    )


def _can_write(words: str) -> bool:
    """Whether the font has all of it: it has what GB 2312 has (`README.md beside it`)."""
    try:
        words.replace("°", "").replace("·", "").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
