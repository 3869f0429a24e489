"""The register (台账): people and places put into the records, once each, by the roster and by joining through chat."""

from services.register.appointments import appoint
from services.register.homes import add_resident, settle
from services.register.people import (
    add_person,
    find_person,
    id_number_of,
    index_of_id_number,
    index_of_phone,
    open_phone,
    phone_of,
    write_person,
)
from services.register.periods import order, quarantine
from services.register.places import NoGridError, add_area, grid_of, hang, household_at, move_area
from services.register.writing import change

__all__ = [
    "NoGridError",
    "add_area",
    "add_person",
    "add_resident",
    "appoint",
    "change",
    "find_person",
    "grid_of",
    "hang",
    "household_at",
    "id_number_of",
    "index_of_id_number",
    "index_of_phone",
    "move_area",
    "open_phone",
    "order",
    "phone_of",
    "quarantine",
    "settle",
    "write_person",
]
