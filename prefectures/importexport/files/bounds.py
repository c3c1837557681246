"""What reading one file may cost: counted while it is read, whatever the file says of itself."""

from time import monotonic

from .limits import MOST_CELLS, MOST_CHARACTERS_IN_ALL, MOST_ROWS, MOST_SECONDS, refuse


class Bounds:
    """Counts the rows, cells and seconds of a whole file, whatever tables they are in."""

    def __init__(self, clock=monotonic):
        self.clock = clock
        self.until = clock() + MOST_SECONDS
        self.rows = self.cells = self.characters = self.entries = 0

    def add_row(self):
        self.rows += 1
        if self.rows > MOST_ROWS:
            refuse(f"Ce fichier a plus de {MOST_ROWS} lignes : importez-le en plusieurs fois.")

    def add_cells(self, count=1):
        """Count cells, empty ones too, and blank rows as one."""
        self.cells += count
        if self.cells > MOST_CELLS:
            refuse(
                f"Ce fichier a plus de {MOST_CELLS} cases, les vides comprises : copiez ce qui est "
                "rempli dans un tableau neuf, ou importez-le en plusieurs fois."
            )

    def add_characters(self, count):
        """A few bytes can point a thousand times to one long text."""
        self.characters += count
        if self.characters > MOST_CHARACTERS_IN_ALL:
            refuse(
                f"Ce fichier contient plus de {MOST_CHARACTERS_IN_ALL} signes : importez-le en "
                "plusieurs fois."
            )

    def add_entry(self):
        """Count what a format keeps beside its cells: texts, styles, tabs."""
        self.entries += 1
        if self.entries > MOST_CELLS:
            refuse("Ce fichier est trop compliqué : copiez ses cases dans un tableau neuf.")

    def look_at_the_clock(self):
        if self.clock() > self.until:
            refuse(
                f"Ce fichier demande plus de {MOST_SECONDS} secondes de lecture : importez-le en "
                "plusieurs fois."
            )
