"""`gridbot brief`: the day of an area so far, as its leaders are told it."""

import json
from datetime import UTC, datetime, timedelta

import click
from sqlalchemy.orm import Session

from bot.in_area import in_area
from models import Area
from rules.briefs import BriefFigures
from rules.times import local_date
from services.ages import age_in, took_in
from services.briefs import counted
from services.policy import default_policy
from services.words import Words, words_in


@click.command("brief")
@click.option("--area", "code", required=True, help="The code of the area, a grid or above.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def command(code: str, as_json: bool) -> None:
    """What was asked, answered, missed and is open today in an area, and how quickly alarms were taken; no names."""
    now = datetime.now(UTC)

    def look(session: Session, area: Area) -> tuple[str, BriefFigures, Words]:
        policy = default_policy(session)
        made = counted(session, now, local_date(now, policy.timezone), [area])[0][1]
        return area.name, BriefFigures.read(made.figures), words_in(policy.language)

    name, own, words = in_area(code, look)
    if as_json:
        click.echo(json.dumps({"area": code, "at": now.isoformat(), **own.written()}, ensure_ascii=False))
        return
    click.echo(name)
    click.echo(words.text("brief-asked", {"asked": own.asked, "answered": own.answered, "percent": own.percent}))
    trouble = {"abnormal": own.abnormal, "missed": own.missed, "unreachable": own.unreachable}
    click.echo(words.text("brief-trouble", trouble))
    click.echo(_open(words, now, own))
    if own.fastest is not None and own.slowest is not None:
        took = {"fastest": own.fastest, "slowest": own.slowest}
        said = {key: took_in(words, timedelta(seconds=seconds)) for key, seconds in took.items()}
        click.echo(words.text("brief-response", said))


def _open(words: Words, now: datetime, own: BriefFigures) -> str:
    if own.oldest is None:
        return words.text("brief-none-open")
    age = age_in(words, now - datetime.fromtimestamp(own.oldest, UTC))
    return words.text("brief-open", {"open": own.open, "waiting": own.waiting, "age": age})
