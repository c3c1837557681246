"""Words sought in all that published sheets say, and in the glossary (docs/decisions/0032)."""

from .finding import HITS_A_PAGE, Hit, InSheets, in_sheets

__all__ = ["HITS_A_PAGE", "Hit", "InSheets", "in_sheets"]
