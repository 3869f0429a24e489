"""How a family stands: the days, the last values, what is owed, and everybody's curve as a picture."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from channels.port import Attachment, Message
from models import Household, Person, Quarantine
from rules.curves import Curve
from rules.quarantine import day_number
from rules.times import local_date
from services.curves import curves_of, in_quarantine
from services.dossier import latest_reading
from services.drawing.chart import Chart, draw
from services.drawing.png import png
from services.letters.paper import Paper, letter
from services.phones import households_of
from services.policy import default_policy
from services.quarantines import waiting_in
from services.slots import latest_request, owed
from services.words import Lines, Value


def status(paper: Paper) -> Message | None:
    """What `/status` is answered with, as things are when it leaves; the picture is drawn after the transaction."""
    homes = households_of(paper.session, paper.account)
    running = in_quarantine(paper.session, paper.now, homes)
    waiting = [one.person_id for one in waiting_in(paper.session, [home.id for home in homes])]
    waits = [paper.line("status-waits", name=paper.names(waiting))] if waiting else []
    if waiting and not running:
        return letter(waits)
    if not running:
        person = paper.session.get(Person, paper.account.person_id) if paper.account.person_id else None
        return letter([paper.line("status-free", name=person.name)]) if person else None
    lines = [paper.line("status-line", **_said(paper, *one)) for one in running]
    lines += [*_owed(paper, homes), *waits]
    curves = curves_of(paper.session, paper.now, homes, running)
    if not any(curve.points for curve in curves):
        return letter(lines)
    if any(curve.gaps for curve in curves):
        lines.append(paper.line("status-gaps"))
    picture = partial(_picture, [Chart(_title(paper, curve), curve) for curve in curves])
    return replace(letter(lines), attachment=Attachment("", "curves.png", "image/png", draw=picture))


def _picture(charts: Sequence[Chart]) -> bytes:
    return png(draw(charts))


def _said(paper: Paper, one: Quarantine, person: Person) -> dict[str, Value]:
    today = local_date(paper.now, default_policy(paper.session).timezone)
    last = latest_reading(paper.session, person.id)
    day, days = day_number(today, one.first_day), day_number(one.last_day, one.first_day)
    celsius = f"{last.celsius:.1f}" if last else paper.word("status-not-yet")
    return {"name": person.name, "day": day, "days": days, "left": days - day, "celsius": celsius}


def _title(paper: Paper, curve: Curve) -> str:
    day = day_number(curve.today, curve.first)
    return paper.word("curve-title", name=curve.name, day=day, days=curve.days)


def _owed(paper: Paper, homes: Sequence[Household]) -> list[Lines]:
    """Who is still missing in the latest slot of each household, and until when."""
    missing = []
    for home in homes:
        request = latest_request(paper.session, paper.now, home.id)
        left = owed(paper.session, request.id) if request else []
        if request and left:
            key = "status-owed" if paper.now < request.miss_at else "status-owed-late"
            missing.append(paper.line(key, names=paper.names(left), until=paper.clock(request.miss_at)))
    return missing or [paper.line("status-nothing-owed")]
