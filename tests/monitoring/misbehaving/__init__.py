"""A server, and addresses, that misbehave in every way that the watch has to survive."""

from . import addresses, bodies, pages, redirects, statuses
from .certificates import Certificates
from .server import Server
from .ways import PAGE, WAYS, answer

__all__ = [
    "PAGE",
    "WAYS",
    "Certificates",
    "Server",
    "addresses",
    "answer",
    "bodies",
    "pages",
    "redirects",
    "statuses",
]
