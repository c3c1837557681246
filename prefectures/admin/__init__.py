from . import changeset, ground, people, prefecture, procedure, territory

__all__ = ["changeset", "ground", "people", "prefecture", "procedure", "territory"]
