"""alarms about places: nobody on duty and messages that do not arrive climb like any other"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_ONE_OF = sa.text("state <> 'closed' AND place_id IS NOT NULL")
_OPEN = sa.text("closed_at IS NULL")
_TABLES = ("duty_gaps", "delivery_troubles")
_WAS = (("step", sa.Integer(), "-1"), ("next_at", _MOMENT, None), ("seen_to_by", _BIG, None))

_AREAS = sa.table("areas", sa.column("id"), sa.column("path"), sa.column("parent_id"))
_POSTS = sa.table(
    "appointments",
    *(sa.column(name) for name in ("id", "person_id", "area_id")),
    sa.column("role", sa.String()),
    *(sa.column(name, _MOMENT) for name in ("since", "until")),
)
_ALARMS = sa.table(
    "escalations",
    *(sa.column(name) for name in ("id", "place_id", "grid_id", "step", "holder_id", "handed")),
    *(sa.column(name, sa.String()) for name in ("kind", "severity", "state", "note")),
    sa.column("chain", _JSON),
    *(sa.column(name, _MOMENT) for name in ("next_at", "remind_at", "opened_at")),
)
_EVENTS = sa.table(
    "escalation_events",
    *(sa.column(name) for name in ("escalation_id", "person_id")),
    sa.column("event", sa.String()),
    sa.column("at", _MOMENT),
    sa.column("detail", _JSON),
)
_MAIL = sa.table(
    "outbox",
    *(sa.column(name) for name in ("id", "about", "template", "state", "edits_id", "account_id")),
)
_MENTIONS = sa.table("mentions", sa.column("about"))
_ACCOUNTS = sa.table("accounts", sa.column("id"), sa.column("person_id"))
_UP = {
    "no_one_on_duty": (("community", 240), ("street", 480), ("district", 480), ("city", 720)),
    "delivery_trouble": (("community", 30), ("street", 60), ("district", 60), ("city", 120)),
}
"""The ladders of the house as this version has them; an area that has chosen others has them from the next alarm on."""


def upgrade() -> None:
    op.drop_index("ix_escalations_one_of_a_place", "escalations")
    _one_of_a_place(["place_id", "kind"])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _TABLES:
        if sqlite:
            op.execute(f"ALTER TABLE {table} ADD COLUMN escalation_id INTEGER REFERENCES escalations (id)")
        else:
            op.add_column(table, sa.Column("escalation_id", _BIG, nullable=True))
            op.create_foreign_key(f"fk_{table}_escalation_id", table, "escalations", ["escalation_id"], ["id"])
        op.create_index(f"ix_{table}_escalation_id", table, ["escalation_id"])
    _raise_what_is_open(datetime.now(UTC))
    _gaps_without(sqlite)


def _one_of_a_place(columns: list[str]) -> None:
    op.create_index(
        "ix_escalations_one_of_a_place",
        "escalations",
        columns,
        unique=True,
        sqlite_where=_ONE_OF,
        postgresql_where=_ONE_OF,
    )


def _raise_what_is_open(now: datetime) -> None:
    """What lasts becomes an alarm that stands where it stood: nobody is told of it again by that.

    What was told of it is about the alarm from here on, so that it changes in place.
    """
    bind = op.get_bind()
    gaps = sa.table(
        "duty_gaps",
        *(sa.column(name) for name in ("id", "grid_id", "seen_to_by", "escalation_id")),
        *(sa.column(name, _MOMENT) for name in ("opened_at", "next_at", "closed_at")),
    )
    for gap in bind.execute(sa.select(gaps).where(gaps.c.closed_at.is_(None)).order_by(gaps.c.id)).all():
        next_at = gap.next_at or now + timedelta(hours=4)
        number = _alarm(
            "no_one_on_duty",
            "routine",
            gap.grid_id,
            [f"duty_gap:{gap.id}"],
            gap.opened_at,
            next_at,
            gap.seen_to_by,
            now,
        )
        bind.execute(sa.update(gaps).where(gaps.c.id == gap.id).values(escalation_id=number))
    troubles = sa.table(
        "delivery_troubles",
        *(sa.column(name) for name in ("id", "area_id", "escalation_id")),
        *(sa.column(name, _MOMENT) for name in ("opened_at", "closed_at")),
    )
    top = bind.scalar(sa.select(_AREAS.c.id).where(_AREAS.c.parent_id.is_(None)).order_by(_AREAS.c.id).limit(1))
    places: dict[int, list[Any]] = {}
    for trouble in bind.execute(
        sa.select(troubles).where(troubles.c.closed_at.is_(None)).order_by(troubles.c.id)
    ).all():
        place = trouble.area_id or top
        if place is not None:
            places.setdefault(place, []).append(trouble)
    for place, some in places.items():
        abouts = [f"trouble:{one.id}" for one in some]
        next_at = now + timedelta(hours=1)
        number = _alarm("delivery_trouble", "urgent", place, abouts, some[0].opened_at, next_at, None, now)
        numbers = [one.id for one in some]
        bind.execute(sa.update(troubles).where(troubles.c.id.in_(numbers)).values(escalation_id=number))
    # What is over and has not left has become pointless.
    late = _MAIL.c.template.in_(["duty_gap", "trouble"]) & _MAIL.c.state.in_(["pending", "leased"])
    bind.execute(sa.update(_MAIL).where(late).values(state="dropped"))


def _alarm(
    kind: str,
    severity: str,
    place: int,
    abouts: Sequence[str],
    opened_at: datetime,
    next_at: datetime,
    holder: int | None,
    now: datetime,
) -> int:
    bind = op.get_bind()
    chain = _chain(kind, place, now)
    told = _told(abouts)
    values = {
        "kind": kind,
        "severity": severity,
        "state": "open" if holder is None else "taken",
        "place_id": place,
        "grid_id": place,
        "chain": chain,
        "step": max((at for at, step in enumerate(chain) if told & set(step["people"])), default=-1),
        "next_at": next_at,
        "remind_at": None if holder is None else next_at - timedelta(minutes=30),
        "handed": False,
        "holder_id": holder,
        "note": "",
        "opened_at": opened_at,
    }
    bind.execute(sa.insert(_ALARMS).values(values))
    mine = (_ALARMS.c.place_id == place, _ALARMS.c.kind == kind, _ALARMS.c.state != "closed")
    number = int(bind.scalar(sa.select(_ALARMS.c.id).where(*mine)) or 0)
    events = [("opened", None, opened_at), *([("taken", holder, now)] if holder is not None else [])]
    for event, person, at in events:
        row = {"escalation_id": number, "event": event, "person_id": person, "at": at, "detail": {}}
        bind.execute(sa.insert(_EVENTS).values(row))
    about = {"about": f"escalation:{number}", "template": "alert"}
    first = _MAIL.c.about.in_(abouts) & _MAIL.c.template.in_(["duty_gap", "trouble"])
    bind.execute(sa.update(_MAIL).where(first).values(about))
    bind.execute(sa.update(_MENTIONS).where(_MENTIONS.c.about.in_(abouts)).values(about=about["about"]))
    return number


def _told(abouts: Sequence[str]) -> set[int]:
    """Who has a message about any of these."""
    first = (_MAIL.c.about.in_(abouts), _MAIL.c.edits_id.is_(None))
    rows = op.get_bind().execute(
        sa.select(_ACCOUNTS.c.person_id).join(_MAIL, _MAIL.c.account_id == _ACCOUNTS.c.id).where(*first)
    )
    return {int(person) for (person,) in rows if person is not None}


def _chain(kind: str, place: int, now: datetime) -> list[dict[str, Any]]:
    """The line above a place with the people on it; of what does not arrive the operators beside the first of them."""
    bind = op.get_bind()
    path = bind.scalar(sa.select(_AREAS.c.path).where(_AREAS.c.id == place))
    line = [int(part) for part in str(path).strip("/").split("/")]
    held = (_POSTS.c.area_id.in_(line), _POSTS.c.since <= now)
    in_force = held[0] & held[1] & (_POSTS.c.until.is_(None) | (_POSTS.c.until > now))
    people: dict[str, list[int]] = {}
    for role, person in bind.execute(
        sa.select(_POSTS.c.role, _POSTS.c.person_id).where(in_force).order_by(_POSTS.c.id)
    ):
        people.setdefault(role, []).append(person)
    steps = [{"role": role, "minutes": minutes, "people": _once(people.get(role, ()))} for role, minutes in _UP[kind]]
    if kind == "delivery_trouble":
        first = next((step for step in steps if step["people"]), steps[-1])
        first["people"] = _once([*first["people"], *people.get("operator", ())])
        first["beside"] = ["operator"]
    return steps


def _once(people: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(people))


def _gaps_without(sqlite: bool) -> None:
    """What the alarm remembers now. SQLite drops no column with a foreign key: there the table is made anew."""
    if not sqlite:
        op.drop_constraint("fk_duty_gaps_seen_to_by", "duty_gaps", type_="foreignkey")
        for name, *_ in _WAS:
            op.drop_column("duty_gaps", name)
        return
    op.execute("ALTER TABLE duty_gaps RENAME TO duty_gaps_before")
    for name in ("one_open", "escalation_id"):
        op.drop_index(f"ix_duty_gaps_{name}", "duty_gaps_before")
    op.create_table(
        "duty_gaps",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("grid_id", _BIG, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("escalation_id", _BIG, nullable=True),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["areas.id"], name="fk_duty_gaps_grid_id"),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalations.id"], name="fk_duty_gaps_escalation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_gaps"),
    )
    kept = "id, grid_id, opened_at, escalation_id, closed_at"
    op.execute(f"INSERT INTO duty_gaps ({kept}) SELECT {kept} FROM duty_gaps_before")  # noqa: S608 - names of ours
    op.drop_table("duty_gaps_before")
    op.create_index("ix_duty_gaps_one_open", "duty_gaps", ["grid_id"], unique=True, sqlite_where=_OPEN)
    op.create_index("ix_duty_gaps_escalation_id", "duty_gaps", ["escalation_id"])


def downgrade() -> None:
    """What lasts is told anew by the older version; its alarms go."""
    with op.batch_alter_table("duty_gaps") as gaps:
        for name, kind, default in _WAS:
            gaps.add_column(sa.Column(name, kind, nullable=default is None, server_default=default))
        gaps.create_foreign_key("fk_duty_gaps_seen_to_by", "people", ["seen_to_by"], ["id"])
    op.execute("UPDATE duty_gaps SET next_at = opened_at WHERE closed_at IS NULL")
    for table in _TABLES:
        op.drop_index(f"ix_{table}_escalation_id", table)
        with op.batch_alter_table(table) as lasting:
            lasting.drop_column("escalation_id")
    gone = "SELECT id FROM escalations WHERE kind IN ('no_one_on_duty', 'delivery_trouble')"
    op.execute(f"DELETE FROM escalation_events WHERE escalation_id IN ({gone})")  # noqa: S608 - words of ours
    op.execute("DELETE FROM escalations WHERE kind IN ('no_one_on_duty', 'delivery_trouble')")
    op.drop_index("ix_escalations_one_of_a_place", "escalations")
    _one_of_a_place(["place_id"])
