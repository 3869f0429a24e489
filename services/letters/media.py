"""Photos and workbooks on their way to staff."""

from dataclasses import replace

from channels.port import Message
from models import Area, Export, Household, Person, ReceivedMedia
from rules.media import MediaState, is_voice
from services.areas import address
from services.exports import WORKBOOK, local_today
from services.letters.paper import Paper, letter
from services.media import attachment

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf", "audio/amr": "amr"}


def photo(paper: Paper) -> Message | None:
    """A photo or file, with who sent it, where they live if they do here, and when; pointless once it is gone."""
    row = paper.session.get_one(ReceivedMedia, paper.subject)
    if row.state is not MediaState.KEPT:
        return None
    name = paper.session.get_one(Person, row.person_id).name
    voice, at = is_voice(row.mime), paper.clock(row.at)
    if row.household_id is None:
        said = letter([paper.line("voice-of" if voice else "photo-of", name=name, time=at)])
    else:
        where = address(paper.session, paper.session.get_one(Household, row.household_id))
        said = letter([paper.line("voice" if voice else "photo", name=name, where=where, time=at)])
    file = f"{row.id}.{ENDINGS[row.mime]}"
    return replace(said, attachment=attachment(paper.session, paper.account.bot, row.digest, file, row.mime))


def export(paper: Paper) -> Message | None:
    """The workbook that somebody asked for."""
    row = paper.session.get_one(Export, paper.subject)
    if row.state is not MediaState.KEPT:
        return None
    area = paper.session.get_one(Area, row.area_id)
    title = paper.word(f"export-{row.kind.value}")
    file = f"{area.name} {title} {local_today(paper.session, row.created_at):%Y-%m-%d}.xlsx"
    said = letter([paper.line("export-ready", area=area.name, title=title)])
    return replace(said, attachment=attachment(paper.session, paper.account.bot, row.digest, file, WORKBOOK))
