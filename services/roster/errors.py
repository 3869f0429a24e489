"""What can be wrong with a roster; every text is a key of the catalogue with its arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.words import text_for


class RosterFileError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, key: str, **args: str) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_for_text = args

    def text(self, language: str | None) -> str:
        """What is wrong, in the reader's language."""
        return text_for(language, self.key, **self.args_for_text)


class CellError(ValueError):
    """One cell is not what its column holds."""

    def __init__(self, key: str, **args: str) -> None:
        super().__init__(key, args)
        self.key = key
        self.args_for_text = args


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell: the sheet and the column as the file names them, the row as Excel counts."""

    sheet: str
    row: int
    column: str
    key: str
    args: Mapping[str, str] = field(default_factory=dict)


def describe(error: RowError, language: str | None) -> str:
    """The error in one line, in the reader's language: where, what is wrong, what is allowed."""
    what = text_for(language, error.key, **error.args)
    return text_for(language, "roster-row-error", sheet=error.sheet, row=str(error.row), column=error.column, what=what)
