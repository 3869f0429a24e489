"""Writing only what differs, and saying whether anything did."""

from models import Record


def change(record: Record, **values: object) -> bool:
    """Sets the attributes that differ from `values`; whether any did."""
    different = {name: value for name, value in values.items() if getattr(record, name) != value}
    for name, value in different.items():
        setattr(record, name, value)
    return bool(different)
