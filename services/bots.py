"""The bots by the names under which people find them."""

from sqlalchemy.orm import Session

from models import Bot


def name_bot(session: Session, bot: str, username: str) -> None:
    """Keeps what a messenger calls a bot, for links."""
    session.get_one(Bot, bot).username = username


def link_to(session: Session, bot: str) -> str:
    """Where people open the chat with a bot; "" while its name is not known."""
    username = session.get_one(Bot, bot).username
    return f"https://t.me/{username}" if username else ""
