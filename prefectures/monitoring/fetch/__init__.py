from .fetched import Fault, Fetched, Flaw, Hop
from .following import fetch
from .limits import LIMITS, Limits
from .reach import PUBLIC, Reach

__all__ = ["LIMITS", "PUBLIC", "Fault", "Fetched", "Flaw", "Hop", "Limits", "Reach", "fetch"]
