"""Where a sheet contradicts itself, or another one: shown to editors, never mended in silence."""

from .found import KINDS, Contradiction
from .sheets import all_contradictions_of, contradictions_of

__all__ = ["KINDS", "Contradiction", "all_contradictions_of", "contradictions_of"]
