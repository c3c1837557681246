"""Public pages kept in memory, and answered before Django is asked (docs/decisions/0010)."""

from .front import KeptPages, scheme_of
from .kept import kept
from .making import MakingHandler

__all__ = ["KeptPages", "MakingHandler", "kept", "scheme_of"]
