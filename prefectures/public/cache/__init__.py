"""Public pages kept in memory, and answered before Django is asked (docs/decisions/0010)."""

from .front import KeptPages, scheme_of
from .kept import kept
from .making import MakingHandler
from .questions import conclusion

__all__ = ["KeptPages", "MakingHandler", "conclusion", "kept", "scheme_of"]
