"""The menu of one chat: no message, but it goes the same way out."""

from channels.port import Menu
from services.letters.paper import Paper
from services.menus import commands_of, menu_in


def menu(paper: Paper) -> Menu:
    """What its reader can use now."""
    return menu_in(paper.words.language, commands_of(paper.session, paper.now, paper.account.person_id))
