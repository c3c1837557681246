from .acknowledgement import Acknowledgement
from .channel import Channel
from .contact import Contact
from .content_version import ContentVersion
from .derived import KeptContradictions, SearchedText
from .general_text import GeneralText
from .given_address import GivenAddress, SheetAlert
from .glossary_term import GlossaryTerm
from .ground import Ground
from .help_place import HelpPlace
from .in_use import fields_naming, sheets_naming
from .journal_entry import AppendOnlyError, JournalEntry
from .link import Link
from .page_reading import KeptBytes, PageReading
from .pending_import import PendingImport
from .people import User
from .prefecture import Prefecture
from .procedure import Procedure
from .published_document import PublishedDocument
from .quotation import Quotation
from .referral import Referral
from .revision import FaultySheetsError, Revision, StaleVersionError
from .seal import Seal, SealedColumns
from .snooze import Snooze
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
from .verdict import Verdict
from .verification import Verification
from .watched import WatchedAddress, WatchedHost, WatchRun
from .weekly_mail import WeeklyMail

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
    "GivenAddress",
    "GlossaryTerm",
    "Ground",
    "HelpPlace",
    "JournalEntry",
    "KeptBytes",
    "KeptContradictions",
    "Link",
    "PageReading",
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
    "SheetAlert",
    "Snooze",
    "StaleVersionError",
    "Step",
    "User",
    "Verdict",
    "Verification",
    "WatchRun",
    "WatchedAddress",
    "WatchedHost",
    "WeeklyMail",
    "changeset",
    "fields_naming",
    "sheets_naming",
]
