"""What a préfecture's page says, proposed as the rows of a sheet: read by rules, never guessed.

Pure, but for ``towns.py``, which asks the territory. Nothing is written here, and whatever is not
recognised stays where it was: in the text.
"""

from .page import Page, read_page
from .proposal import ROWS, Proposal
from .reading import Reading, read

__all__ = ["ROWS", "Page", "Proposal", "Reading", "read", "read_page"]
