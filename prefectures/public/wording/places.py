"""For which part of a département, and for which requests, a sheet holds: in a few words."""

# More are counted: the whole list stands further down.
MOST_NAMES = 3

ALL_REASONS = "Toutes les raisons"


def territory(sheet):
    """Return the part of the département that ``sheet`` is for, or "" where that is all of it."""
    said = []
    arrondissements = list(sheet.arrondissements.all())
    if arrondissements:
        plural = "s" if len(arrondissements) > 1 else ""
        said.append(
            f"Arrondissement{plural} {together([each.of_name for each in arrondissements])}"
        )
    included = [commune.name for commune in sheet.communes_included.all()]
    if included:
        said.append(_few(included))
    excluded = [commune.name for commune in sheet.communes_excluded.all()]
    if excluded:
        whole = [] if said or sheet.territory_note else ["Tout le département"]
        said += [*whole, f"sauf {_few(excluded)}"]
    if sheet.territory_note:
        said.append(sheet.territory_note)
    return ", ".join(said)


def _few(names):
    """Return a few names of communes, or how many there are."""
    return f"{len(names)} communes" if len(names) > MOST_NAMES else together(names)


def together(names):
    """Return names in one breath: "Béziers, Lodève et Montpellier"."""
    *first, last = names
    return f"{', '.join(first)} et {last}" if first else last


def reason(ground):
    """Return a ground as people say it: the reason of their request."""
    return ALL_REASONS if ground.covers_all else ground.name
