from .acknowledgement import Acknowledgement
from .channel import Channel
from .content_version import ContentVersion
from .derived import KeptContradictions, SearchedText
from .ground import Ground
from .help_place import HelpPlace
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
from .tracking import Changeset, changeset
from .verification import Verification

__all__ = [
    "Acknowledgement",
    "Arrondissement",
    "Changeset",
    "Channel",
    "Commune",
    "Contact",
    "ContentVersion",
    "Departement",
    "FaultySheetsError",
    "FormerCommune",
    "Ground",
    "HelpPlace",
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
    "User",
    "Verification",
    "changeset",
]
