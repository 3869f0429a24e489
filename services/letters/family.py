"""What a family has corrected, for the staff of its grid."""

from channels.port import Message
from models import Household, Person
from services.areas import address
from services.letters.paper import Paper, letter


def changes(paper: Paper) -> Message | None:
    """One line a correction, oldest first."""
    home = paper.session.get_one(Household, paper.subject)
    who = paper.session.get_one(Person, paper.message.args["by"])
    lines = [paper.line(f"family-{one['what']}", **one["args"]) for one in paper.message.args["changes"]]
    return letter([paper.line("family-changes", who=who.name, where=address(paper.session, home)), *lines])
