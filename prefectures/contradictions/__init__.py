"""Where a sheet contradicts itself, or another one: shown to editors, never mended in silence."""

from .found import KINDS, Contradiction
from .kept import contradictions_of, count_told, found_everywhere

__all__ = ["KINDS", "Contradiction", "contradictions_of", "count_told", "found_everywhere"]
