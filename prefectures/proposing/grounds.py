"""For which grounds a page speaks, where it says so: slugs of the site's own."""

import re

from .flat import either, flat
from .situations import OURS

EVERY = "tous-motifs"
NAMED = {
    "vie-privee-et-familiale": either(
        "vie privee", "(?:considerations?|motifs?) [^.]{0,30}famili",
        "liens (?:prives|familiaux)",
    ),
    "travail": either("par le travail", "au titre du travail", "motif (?:du )?travail", "salarie"),
    "metiers-en-tension": either("metiers? en tension", "435-4"),
    "dix-ans-de-presence": either("dix ans de presence", "10 ans de presence", "plus de dix ans"),
    "motifs-humanitaires": either("humanitaires?"),
}  # fmt: skip


def grounds_named(text):
    """Return the slugs of the grounds that ``text`` names, or that of all of them."""
    # "un titre salarié" of another request names no ground of this one.
    ours = [words for words in re.split(r"[.\n]", flat(text)) if OURS.search(words)]
    named = [slug for slug, ground in NAMED.items() if any(map(ground.search, ours))]
    return named or [EVERY]
