"""Where a door is, and the number that is called before somebody goes there."""

from models import Household, Person
from services.areas import address
from services.dossier import phone_line
from services.letters.paper import Paper
from services.words import Lines


def where_it_is(paper: Paper, household: Household, person: Person | None) -> Lines:
    """The address with the telephone of the person, else of the household."""
    phone = phone_line(paper.session, household.id, person)
    where = address(paper.session, household)
    return (
        paper.line("alert-where-phone", where=where, phone=phone) if phone else paper.line("alert-where", where=where)
    )
