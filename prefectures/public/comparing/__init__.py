"""What differs between two documents of a sheet, in words for its readers. Pure."""

from .differing import Change, Item, Part, compared
from .parts import changed_titles, is_only_verified

__all__ = ["Change", "Item", "Part", "changed_titles", "compared", "is_only_verified"]
