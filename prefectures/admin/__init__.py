from . import ground, people, prefecture, procedure, territory

__all__ = ["ground", "people", "prefecture", "procedure", "territory"]
