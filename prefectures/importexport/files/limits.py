"""How much of a file is read, and the words for what is refused."""

from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_BYTES_UNPACKED = 40 * MEGABYTE
# Twice a thousand sheets with steps and links: planned, then written, in MOST_SECONDS each.
MOST_ROWS = 12_000
MOST_COLUMNS = 100
MOST_CELLS = 500_000
# For one file: what a person waits, and a worker serves nobody else.
MOST_SECONDS = 5
MOST_CHARACTERS = 100_000
MOST_CHARACTERS_IN_ALL = 10_000_000


class FileRefusedError(Exception):
    """The whole file is refused; ``sentences`` say why and what to do."""

    def __init__(self, sentences):
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class Fault:
    """What is wrong at one place of a table that can be read."""

    line: int
    column: str
    sentence: str


@dataclass
class Row:
    """``number`` is that which a spreadsheet shows: the titles are 1, the first row is 2."""

    number: int
    cells: dict


@dataclass
class Table:
    """``name`` is that of the tab or file, "" for a lone CSV; ``cells`` are text, by header."""

    name: str
    headers: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    faults: list = field(default_factory=list)


def refuse(*sentences):
    raise FileRefusedError(list(sentences))
