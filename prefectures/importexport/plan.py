"""What an import would do, row by row: the preview shows it, the confirmation does it."""

from dataclasses import dataclass, field

from ..sheets.difference import Change
from ..sheets.kinds import SHEETS
from ..sheets.state import Item

ADDED, CHANGED, REMOVED, UNCHANGED = "added", "changed", "removed", "unchanged"
# The editor has to choose between his text and that of somebody else.
UNDECIDED = "undecided"
REFUSED = "refused"
# A new part that the sheet already has, left out unless the editor insists.
REPEATED = "repeated"

WORDS = {
    ADDED: "ligne ajoutée",
    CHANGED: "ligne modifiée",
    REMOVED: "ligne supprimée",
    UNCHANGED: "ligne inchangée",
    REPEATED: "ligne déjà là",
    UNDECIDED: "ligne en conflit",
    REFUSED: "ligne refusée",
}

STATUS_WORDS = {ADDED: "Ajout", CHANGED: "Changement", REMOVED: "Suppression"}


def plural(words):
    """Return "lignes ajoutées" for "ligne ajoutée"; "en conflit" and "déjà là" stay."""
    return words.replace("ligne", "lignes") + ("s" if words.endswith("e") else "")


@dataclass
class Fault:
    column: str
    sentence: str


@dataclass
class PlannedRow:
    """One row of the file.

    ``before`` is what it names, as it is now, and ``after`` as it is to be; ``sheet`` that of the
    sheet whose row it is. ``given`` names the columns that the row fills, ``since`` the changesets
    that an older row has missed, ``takes_along`` how much a sheet that goes has: {"étapes": 2}.
    """

    kind: object
    line: int
    key: str = ""
    number: int | None = None
    version: int | None = None
    before: Item | None = None
    after: Item | None = None
    sheet: Item | None = None
    is_removal: bool = False
    is_repeat: bool = False
    is_left_out: bool = False
    given: set = field(default_factory=set)
    takes_along: dict = field(default_factory=dict)
    since: list = field(default_factory=list)
    # Told to the editor; nothing is refused for them.
    notices: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def refuse(self, sentence, column=""):
        self.faults.append(Fault(column, sentence))

    @property
    def is_new(self):
        return self.before is None and self.after is not None

    @property
    def sheet_pk(self):
        """Return the key of the sheet that it is or belongs to, None of a new one."""
        sheet = self.before if self.kind is SHEETS else self.sheet
        return sheet and sheet.pk

    @property
    def change(self):
        after = None if self.is_removal else self.after
        return Change(self.kind.model, self.before, after, self.sheet)

    @property
    def status(self):
        if self.faults:
            return REFUSED
        if any(not conflict.choice for conflict in self.conflicts):
            return UNDECIDED
        if self.is_left_out:
            return REPEATED
        if self.is_removal:
            return REMOVED
        if self.is_new:
            return ADDED
        return CHANGED if self.changes else UNCHANGED

    @property
    def status_word(self):
        return STATUS_WORDS.get(self.status, "")

    @property
    def owner(self):
        """ "fiche 34/prefecture-de-montpellier": an office may have the same key."""
        return f"{SHEETS.one if self.kind.is_row else self.kind.one} {self.key}"

    @property
    def name(self):
        """ "34/sous-prefecture-de-beziers · étape n° 2" """
        if not self.kind.is_row:
            return self.key
        number = f" n° {self.number}" if self.number else ""
        return f"{self.key} · {self.kind.one}{number}"


@dataclass
class Plan:
    """``versions`` is what the plan was made from: {owner: version} of the rows' ``owner``."""

    rows: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)

    def with_status(self, *statuses):
        return [row for row in self.rows if row.status in statuses]

    @property
    def in_words(self):
        """ "3 lignes ajoutées, 1 modifiée" """
        statuses = [row.status for row in self.rows]
        counts = [(statuses.count(status), word) for status, word in WORDS.items()]
        return ", ".join(
            f"{count} {plural(word) if count > 1 else word}" for count, word in counts if count
        )

    @property
    def refused(self):
        return self.with_status(REFUSED)

    @property
    def undecided(self):
        return self.with_status(UNDECIDED)

    @property
    def conflicted(self):
        return [row for row in self.rows if row.conflicts and not row.faults]

    @property
    def repeats(self):
        """The rows that are there already, whether they are left out or not."""
        return [row for row in self.rows if row.is_repeat and not row.faults]

    @property
    def to_write(self):
        return self.with_status(ADDED, CHANGED, REMOVED)

    @property
    def is_decided(self):
        return not self.with_status(REFUSED, UNDECIDED)
