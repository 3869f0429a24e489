"""Directives found again: those of a node lately, and all of them for whoever keeps the service."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models import Area, Directive, DirectiveStep
from rules.directives import Step
from services.directives.answering import nodes_of

LATELY = timedelta(days=7)
MOST = 8
"""As many as one message has buttons for."""


def latest_at(session: Session, now: datetime, person_id: int) -> list[tuple[DirectiveStep, Area]]:
    """Where the directives of the last days stand at somebody's nodes, the newest first, each with its origin."""
    nodes = [area.id for area in nodes_of(session, now, person_id)]
    origin = aliased(Area)
    rows = session.execute(
        select(DirectiveStep, origin)
        .join(Directive, Directive.id == DirectiveStep.directive_id)
        .join(origin, origin.id == Directive.area_id)
        .where(DirectiveStep.area_id.in_(nodes), Directive.created_at > now - LATELY)
        .where(DirectiveStep.state != Step.COMING)
        .order_by(Directive.id.desc(), DirectiveStep.id)
        .limit(MOST)
    )
    return [(step, area) for step, area in rows]


def newest(session: Session, most: int) -> list[tuple[Directive, Area]]:
    """The newest directives with where they begin."""
    rows = session.execute(
        select(Directive, Area).join(Area, Area.id == Directive.area_id).order_by(Directive.id.desc()).limit(most)
    )
    return [(one, area) for one, area in rows]
