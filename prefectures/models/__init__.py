from .acknowledgement import Acknowledgement
from .channel import Channel
from .contact import Contact
from .content_version import ContentVersion
from .derived import KeptContradictions, SearchedText
from .general_text import GeneralText
from .glossary_term import GlossaryTerm
from .ground import Ground
from .help_place import HelpPlace
from .in_use import fields_naming, sheets_naming
from .journal_entry import AppendOnlyError, JournalEntry
from .link import Link
from .pending_import import PendingImport
from .people import User
from .prefecture import Prefecture
from .procedure import Procedure
from .published_document import PublishedDocument
from .quotation import Quotation
from .referral import Referral
from .revision import FaultySheetsError, Revision, StaleVersionError
from .seal import Seal, SealedColumns
from .step import Step
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
    "AppendOnlyError",
    "Arrondissement",
    "Changeset",
    "Channel",
    "Commune",
    "Contact",
    "ContentVersion",
    "Departement",
    "FaultySheetsError",
    "FormerCommune",
    "GeneralText",
    "GlossaryTerm",
    "Ground",
    "HelpPlace",
    "JournalEntry",
    "KeptContradictions",
    "Link",
    "PendingImport",
    "PostalCode",
    "Prefecture",
    "Procedure",
    "PublishedDocument",
    "Quotation",
    "Referral",
    "Region",
    "Revision",
    "Seal",
    "SealedColumns",
    "SearchedText",
    "StaleVersionError",
    "Step",
    "User",
    "Verification",
    "changeset",
    "fields_naming",
    "sheets_naming",
]
