"""A PDF read back: its words, where it leads, and the marks that make it readable to everybody."""

import subprocess
from io import BytesIO

import pikepdf


def words_of(pdf, tmp_path):
    """Return the text of ``pdf`` as it would be copied, page after page."""
    path = tmp_path / "read.pdf"
    path.write_bytes(pdf)
    # poppler says of a tagged PDF that a mark of it is of the wrong type, and reads on.
    asked = ["pdftotext", "-layout", path, "-"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return found.replace("\u00a0", " ")


class Marks:
    """What ``pdf`` says of itself to programs."""

    def __init__(self, pdf):
        self.file = pikepdf.open(BytesIO(pdf))
        self.root = self.file.Root

    @property
    def is_tagged(self):
        return bool(self.root.MarkInfo.Marked)

    @property
    def language(self):
        return str(self.root.Lang)

    @property
    def title(self):
        return str(self.file.docinfo.Title)

    @property
    def shows_its_title(self):
        return bool(self.root.ViewerPreferences.DisplayDocTitle)

    @property
    def ua_part(self):
        return str(self.file.open_metadata().get("pdfuaid:part"))

    @property
    def structure(self):
        """Return the names of the tags, in reading order."""
        found = []

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for each in node:
                    walk(each)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    found.append(str(node.S)[1:])
                if "/K" in node:
                    walk(node.K)

        walk(self.root.StructTreeRoot.K)
        return found

    @property
    def alternatives(self):
        """Return what is said in the place of each image."""
        return [str(each) for each in self._values("/Alt")]

    def _values(self, name):
        for each in self.file.objects:
            if (
                isinstance(each, pikepdf.Dictionary)
                and name in each
                and each.get("/S") == "/Figure"
            ):
                yield each[name]

    @property
    def addresses(self):
        """Return where its links lead outside."""
        return [
            str(note.A.URI)
            for page in self.file.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]

    @property
    def bookmarks(self):
        """Return [(depth, words)] in order."""
        found = []

        def walk(items, depth):
            for item in items:
                found.append((depth, item.title))
                walk(item.children, depth + 1)

        with self.file.open_outline() as outline:
            walk(outline.root, 0)
        return found

    @property
    def sizes(self):
        """Return the sizes of its pages, in points."""
        return {tuple(round(float(side)) for side in page.mediabox[2:]) for page in self.file.pages}

    @property
    def fonts_are_embedded(self):
        descriptors = [
            each
            for each in self.file.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        return bool(descriptors) and all(
            any(name in each for name in ("/FontFile", "/FontFile2", "/FontFile3"))
            for each in descriptors
        )
