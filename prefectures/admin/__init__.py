from . import changeset, ground, help_place, people, prefecture, procedure, territory

__all__ = ["changeset", "ground", "help_place", "people", "prefecture", "procedure", "territory"]
