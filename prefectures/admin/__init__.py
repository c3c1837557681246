from . import (
    changeset,
    ground,
    help_place,
    journal,
    people,
    prefecture,
    procedure,
    territory,
    words,
)

__all__ = [
    "changeset",
    "ground",
    "help_place",
    "journal",
    "people",
    "prefecture",
    "procedure",
    "territory",
    "words",
]
