"""What a page or a PDF that was fetched says: its title, its text in lines, and what it really is.

``Reader`` reads in a process of its own: what it is given comes from anywhere.
"""

from .reader import Read, Reader

__all__ = ["Read", "Reader"]
