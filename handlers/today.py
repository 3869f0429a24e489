"""The day's figures."""

from collections.abc import Sequence
from datetime import time

from handlers import excuses
from handlers.turn import Turn
from models import Appointment, Area
from rules.times import at_local, local_date
from services.audit import record
from services.figures import Figures, SlotFigures, figures
from services.letters.paper import clock
from services.policy import default_policy
from services.staff import appointments
from services.troubles import lasting_within
from services.words import Words


def today(turn: Turn) -> None:
    """`/today`: the figures of this person's areas."""
    mine = appointments(turn.session, turn.now, turn.person.id) if turn.person else []
    if not mine:
        turn.reply("staff-only")
        return
    zone = default_policy(turn.session).timezone
    day = local_date(turn.now, zone)
    found = figures(turn.session, day, at_local(day, time(0), zone), [area.path for _, area in mine])
    words = turn.words
    excused = [line] if (line := excuses.today_line(turn, day, [area.path for _, area in mine])) else []
    if excused:
        record(turn.session, turn.now, actor_id=mine[0][0].person_id, act="look", subject="excused")
    turn.reply(
        "today",
        {
            "areas": words.text("list-mark").join(dict.fromkeys(area.name for _, area in mine)),
            "households": found.households,
            "people": found.people,
            "slots": "".join(
                f"\n{line}"
                for line in (*(_slot(words, one) for one in found.slots if one.asked), *excused, *_troubles(turn, mine))
            ),
            "fevers": found.fevers,
            "grave": _grave(words, found),
            "waiting": found.waiting,
            "taken": found.taken,
        },
    )


def _troubles(turn: Turn, mine: Sequence[tuple[Appointment, Area]]) -> list[str]:
    """What did not arrive and still does not: it says why so few have answered."""
    zone = default_policy(turn.session).timezone
    found = lasting_within(turn.session, [area.path for _, area in mine])
    return [
        turn.words.text("today-trouble-down", {"bot": one.bot, "since": clock(zone, turn.now, one.since, turn.words)})
        if one.bot
        else turn.words.text(
            "today-trouble-round",
            {
                "area": turn.session.get_one(Area, one.area_id).name,
                "asked": one.asked,
                "undelivered": one.undelivered,
            },
        )
        for one in found
    ]


def _grave(words: Words, found: Figures) -> str:
    """What is more than one fever or one missed slot, when there is any of it, on a line of its own."""
    counts = {"clusters": found.clusters, "breaches": found.breaches, "repeated": found.repeated}
    said = [words.text(f"today-{name}", {"count": count}) for name, count in counts.items() if count]
    return f"\n{words.text('list-mark').join(said)}" if said else ""


def _slot(words: Words, one: SlotFigures) -> str:
    return words.text(
        "today-slot",
        {
            "half": words.text(f"half-{one.half.value}"),
            "asked": one.asked,
            "answered": one.answered,
            "due": one.due,
            "missed": one.missed,
            "unreachable": one.unreachable,
        },
    )
