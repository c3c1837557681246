from . import changeset, ground, help_place, people, prefecture, procedure, territory, words

__all__ = [
    "changeset",
    "ground",
    "help_place",
    "people",
    "prefecture",
    "procedure",
    "territory",
    "words",
]
