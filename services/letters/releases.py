"""The end of a quarantine: kind words, the certificate, and what staff have to decide."""

from dataclasses import replace
from datetime import date
from functools import partial

from channels.port import Attachment, Choice, Message
from models import Household, Quarantine, Release
from rules.quarantine import day_number
from rules.release import Doubt, Verdict
from services.areas import address
from services.certificates import certificate, link_to, standing_of
from services.drawing.certificate import Page, draw
from services.drawing.png import png
from services.letters.certificate import page_of
from services.letters.paper import Paper, letter
from services.mailbox import in_rows
from services.orders import LONGER
from services.release_calls import undecided
from services.verdicts import verdicts
from services.words import Lines

PAGE = 8
_A_ROW = 4
_MOST_NAMED = 6


def released(paper: Paper) -> Message | None:
    """Who of a household may go, from when on; one person's with the certificate; pointless once it was taken back."""
    numbers = paper.message.args["quarantines"]
    rows = [row for number in numbers if (row := standing_of(paper.session, number))]
    if not rows:
        return None
    ones = [paper.session.get_one(Quarantine, row.quarantine_id) for row in rows]
    names = paper.names(one.person_id for one in ones)
    day = paper.day(max(row.valid_from for row in rows))
    days = max(day_number(one.last_day, one.first_day) for one in ones)
    key = "released-by-rule" if all(row.by_rule for row in rows) else "released-by-staff"
    head = paper.line(key, name=names, days=days, day=day)
    alone = len(numbers) == 1
    last = paper.line("released-picture" if alone else "released-pictures")
    said = letter([head, paper.line("released-thanks"), last])
    return replace(said, attachment=_drawn(paper, rows[0])) if alone else said


def picture(paper: Paper) -> Message | None:
    """The certificate itself; pointless once it was revoked."""
    row = paper.session.get_one(Release, paper.subject)
    if row.revoked_at is not None:
        return None
    found = certificate(paper.session, row)
    said = letter([paper.line("certificate", name=found.name, day=paper.day(found.valid_from))])
    return replace(said, attachment=_drawn(paper, row))


def _drawn(paper: Paper, row: Release) -> Attachment:
    found = certificate(paper.session, row)
    page = partial(_picture, page_of(found, link_to(paper.session, found.code)))
    return Attachment("", "certificate.png", "image/png", draw=page)


def _picture(page: Page) -> bytes:
    return png(draw(page))


def to_decide(paper: Paper) -> Message | None:
    """Those of a grid whose days are over and of whom a human decides; the buttons themselves when it is one person."""
    every = undecided(paper.session, paper.subject)
    if not every:
        return letter([paper.line("releases-none")]) if paper.message.edits_id else None
    found = verdicts(paper.session, every)
    if len(every) == 1:
        return card(paper, every[0], found[every[0].id])
    page = list(enumerate(every[:PAGE], 1))
    lines = [_line(paper, at, one, found[one.id]) for at, one in page]
    buttons = [paper.button(f"rshow:{one.id}", "digest-button", index=at) for at, one in page]
    rows = in_rows(buttons, _A_ROW)
    more = [paper.line("releases-more", count=len(every) - PAGE)] if len(every) > PAGE else []
    return letter([paper.line("releases-head", count=len(every)), *lines, *more], rows)


def one_to_decide(paper: Paper) -> Message:
    """One person, what a human has to look at, and what can be decided."""
    one = paper.session.get_one(Quarantine, paper.subject)
    if one.released_at is not None or one.ended_at is not None or one.end_step < 0:
        return letter([paper.line("release-decided", name=paper.names([one.person_id]))])
    return card(paper, one, verdicts(paper.session, [one])[one.id])


def card(paper: Paper, one: Quarantine, verdict: Verdict) -> Message:
    """Who, which days, what is missing or abnormal; with big buttons."""
    first, last = paper.day(one.first_day), paper.day(one.last_day)
    name = paper.names([one.person_id])
    head = paper.line("release-card", name=name, where=_where(paper, one), first=first, last=last)
    rows: list[list[Choice]] = [[paper.button(f"release:{one.id}", "button-release")]]
    rows.append([paper.button(f"rlonger:{one.id}:{days}", "button-quarantine-longer", days=days) for days in LONGER])
    return letter([head, *reasons(paper, verdict), paper.line("release-question")], rows)


def reasons(paper: Paper, verdict: Verdict) -> list[Lines]:
    """What a human has to look at, with dates, a line each."""
    lines: list[Lines] = []
    if not verdict.slots:
        lines.append(paper.line("doubt-never-asked"))
    if verdict.unseen:
        lines.append(paper.line("doubt-unseen", count=verdict.unseen))
    if verdict.missed:
        days = [f"{paper.day(day)}{_gap(paper)}{paper.word(f'half-{half.value}')}" for day, half in verdict.missed]
        lines.append(paper.line("doubt-missed", count=len(days), of=verdict.slots, days=_some(paper, days)))
    if verdict.abnormal:
        values = [f"{celsius:.1f} ({paper.day(day)})" for day, celsius in verdict.abnormal]
        lines.append(paper.line("doubt-abnormal", values=_some(paper, values)))
    if verdict.unwell:
        lines.append(paper.line("doubt-unwell", days=_some(paper, [paper.day(day) for day in verdict.unwell])))
    if verdict.alarm:
        lines.append(paper.line("doubt-alarm"))
    if verdict.in_hospital:
        lines.append(paper.line("doubt-in-hospital"))
    return lines


def _gap(paper: Paper) -> str:
    return "" if paper.words.language.startswith("zh") else " "


def _some(paper: Paper, parts: list[str]) -> str:
    """The newest of them when there are many: a fortnight of silence is no reading matter."""
    said = paper.word("list-mark").join(parts[-_MOST_NAMED:])
    return said if len(parts) <= _MOST_NAMED else f"… {said}"


def _line(paper: Paper, at: int, one: Quarantine, verdict: Verdict) -> Lines:
    newest: date | None = verdict.abnormal[-1][0] if verdict.abnormal else None
    return paper.line(
        "releases-line",
        index=at,
        name=paper.names([one.person_id]),
        where=_where(paper, one),
        missed=len(verdict.missed),
        abnormal=len(verdict.abnormal),
        day=paper.day(newest) if newest else "",
        other="yes" if (set(verdict.doubts) - {Doubt.MISSED, Doubt.ABNORMAL}) else "no",
    )


def _where(paper: Paper, one: Quarantine) -> str:
    return address(paper.session, paper.session.get_one(Household, one.household_id))
