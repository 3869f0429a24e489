"""What nobody here understands: words, a key, a voice, a sticker; answered with what its sender can do instead."""

from channels.port import Document
from handlers.admission import greet_stranger
from handlers.filling import GO_ON
from handlers.homes import homes_in_quarantine
from handlers.readers import Reader, reader_of
from handlers.reporting import example
from handlers.turn import Turn
from rules.media import LARGEST
from services.areas import address
from services.forms import standing
from services.homes import household_of
from services.words import Value

_KINDS = {
    "voice": "voice",
    "audio": "voice",
    "sticker": "sticker",
    "video": "video",
    "shortvideo": "video",
}
"""What a messenger calls it, and which words it has here."""


def words(turn: Turn) -> None:
    """Typed words, or a key that means nothing any more."""
    reader = reader_of(turn)
    if reader is Reader.STRANGER:
        greet_stranger(turn, ask_number=False)
    elif reader.works_here or reader is Reader.HELPER:
        turn.reply("not-understood-staff", {"who": reader.value})
    else:
        turn.reply("not-understood")


def thing(turn: Turn, kind: str) -> None:
    """A voice, a sticker, a place, something else that is not typed; `kind` is the messenger's word for it."""
    if kind == "location":
        _place(turn)
        return
    args: dict[str, Value] = {"kind": _KINDS.get(kind, "other")}
    reader = reader_of(turn)
    if standing(turn.session, turn.account):
        turn.reply("not-text-form", args, GO_ON)
    elif reader is Reader.ASKED:
        turn.reply("not-text-asked", {**args, **_example(turn)})
    else:
        turn.reply("not-text", {**args, "who": reader.value})


def film_or_sound(file: Document) -> str | None:
    """What kind of thing a file is that is neither looked at nor kept, by what its sender's messenger says."""
    kind = file.mime.partition("/")[0]
    return kind if kind in {"audio", "video"} and file.mime not in LARGEST else None


def _place(turn: Turn) -> None:
    """A place on the map: nothing goes by it here, for whoever comes goes by the door in the register. That is said."""
    household = household_of(turn.session, turn.person.id) if turn.person else None
    if household is None:
        turn.reply("location-not-used")
        return
    where: dict[str, Value] = {"where": address(turn.session, household)}
    if reader_of(turn) is Reader.ASKED:
        turn.reply("location-by-the-door-asked", {**where, **_example(turn)})
    else:
        turn.reply("location-by-the-door", where)


def _example(turn: Turn) -> dict[str, Value]:
    """What an answer of this family looks like."""
    names = [member.name for home in homes_in_quarantine(turn) for member in home.members]
    return {"example": example(names), "people": len(names)}
