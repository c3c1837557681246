from .acknowledgement import Acknowledgement
from .channel import Channel
from .content_version import ContentVersion
from .derived import KeptContradictions, SearchedText
from .ground import Ground
from .naming import Article, normalised, with_article
from .parts import Contact, Link, Step
from .pending_import import PendingImport
from .people import User
from .prefecture import Prefecture
from .procedure import Procedure
from .revision import FaultySheetsError, Revision, StaleVersionError
from .territory import (
    Arrondissement,
    Commune,
    Departement,
    FormerCommune,
    PostalCode,
    Region,
)
from .tracking import (
    ADDED,
    CHANGED,
    REMOVED,
    Changeset,
    UntrackedWriteError,
    changeset,
    current_changeset,
)
from .verification import Verification

__all__ = [
    "ADDED",
    "CHANGED",
    "REMOVED",
    "Acknowledgement",
    "Arrondissement",
    "Article",
    "Changeset",
    "Channel",
    "Commune",
    "Contact",
    "ContentVersion",
    "Departement",
    "FaultySheetsError",
    "FormerCommune",
    "Ground",
    "KeptContradictions",
    "Link",
    "PendingImport",
    "PostalCode",
    "Prefecture",
    "Procedure",
    "Region",
    "Revision",
    "SearchedText",
    "StaleVersionError",
    "Step",
    "UntrackedWriteError",
    "User",
    "Verification",
    "changeset",
    "current_changeset",
    "normalised",
    "with_article",
]
