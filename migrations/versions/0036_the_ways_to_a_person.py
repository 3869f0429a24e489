"""the ways to a person: in which of their chats they are told, and what their employer calls them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ACCOUNTS = sa.table(
    "accounts",
    *(sa.column(name) for name in ("id", "person_id", "bot")),
    *(sa.column(name, sa.Boolean()) for name in ("reachable", "told_here", "beside")),
    sa.column("last_seen_at", sa.DateTime(timezone=True)),
)
_BOTS = sa.table("bots", sa.column("name"), sa.column("channel"))


def upgrade() -> None:
    op.add_column("bots", sa.Column("windowed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("accounts", sa.Column("chosen", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("accounts", sa.Column("told_here", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("accounts", sa.Column("beside", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("people", sa.Column("member", sa.String(), nullable=True))
    op.create_index("ix_people_member", "people", ["member"], unique=True)
    _put_in_order()


def _put_in_order() -> None:
    """As it was worked out at each message before: the reachable one used last; then a second on another channel."""
    mine, other = _ACCOUNTS.c, _ACCOUNTS.alias("other")
    later = sa.or_(
        sa.and_(mine.last_seen_at.is_(None), other.c.last_seen_at.is_not(None)),
        other.c.last_seen_at > mine.last_seen_at,
        sa.and_(
            sa.or_(
                other.c.last_seen_at == mine.last_seen_at,
                sa.and_(other.c.last_seen_at.is_(None), mine.last_seen_at.is_(None)),
            ),
            other.c.id > mine.id,
        ),
    )
    better = sa.or_(sa.and_(other.c.reachable, ~mine.reachable), sa.and_(other.c.reachable == mine.reachable, later))
    another = sa.exists().where(other.c.person_id == mine.person_id, other.c.id != mine.id, better)
    bind = op.get_bind()
    bind.execute(sa.update(_ACCOUNTS).where(another).values(told_here=sa.false()))
    first, one = _ACCOUNTS.alias("first"), _ACCOUNTS.alias("one")
    of_first, of_one = _BOTS.alias("of_first"), _BOTS.alias("of_one")
    second = (
        sa.select(sa.func.max(one.c.id))
        .select_from(one)
        .join(first, sa.and_(first.c.person_id == one.c.person_id, first.c.told_here, first.c.reachable))
        .join(of_one, of_one.c.name == one.c.bot)
        .join(of_first, of_first.c.name == first.c.bot)
        .where(one.c.reachable, ~one.c.told_here, of_one.c.channel != of_first.c.channel)
        .group_by(one.c.person_id)
    )
    bind.execute(sa.update(_ACCOUNTS).where(mine.id.in_(second)).values(beside=sa.true()))


def downgrade() -> None:
    op.drop_index("ix_people_member", "people")
    op.drop_column("people", "member")
    for name in ("chosen", "told_here", "beside"):
        op.drop_column("accounts", name)
    op.drop_column("bots", "windowed")
