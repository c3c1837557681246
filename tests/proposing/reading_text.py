"""Reading a few words, without the territory."""

from prefectures.proposing import read, read_page


class SomeTowns:
    """The towns that a test speaks of: {postal code: (name, département)}."""

    def __init__(self, text, **towns):
        self.text, self.towns = text, towns

    def after(self, place):
        name, departement = self.towns.get(f"t{self.text[place : place + 5]}", ("", ""))
        end = self.text.find(name, place) + len(name) if name else -1
        return (end, departement) if end > place else None

    def named_at(self, place):
        names = [name for name, _ in self.towns.values()]
        return next(
            (place + len(name) for name in names if self.text.startswith(name, place)), None
        )


TOWNS = {
    "t30000": ("Nîmes", "30"),
    "t30045": ("NÎMES CEDEX 9", "30"),
    "t11000": ("Carcassonne", "11"),
}


def reading(source, address="https://www.gard.gouv.fr/aes"):
    page = read_page(source, address)
    return read(page, SomeTowns(page.text, **TOWNS))


def rows(source, model):
    """Return the values of the rows of ``model`` that are proposed and sure."""
    return [row.values for row in reading(source).of(model) if row.is_sure]
