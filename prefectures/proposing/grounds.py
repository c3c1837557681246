"""For which grounds a page speaks, where it says so: slugs of the site's own."""

import re

from .flat import flat
from .situations import OURS

EVERY = "tous-motifs"
NAMED = {
    "vie-privee-et-familiale": r"vie\s+privee|(?:considerations?|motifs?)\s+[^.]{0,30}famili|liens\s+(?:prives|familiaux)",
    "travail": r"par\s+le\s+travail|au\s+titre\s+du\s+travail|motif\s+(?:du\s+)?travail|salarie",
    "metiers-en-tension": r"metiers?\s+en\s+tension|435-4",
    "dix-ans-de-presence": r"dix\s+ans\s+de\s+presence|10\s+ans\s+de\s+presence|plus\s+de\s+dix\s+ans",
    "motifs-humanitaires": r"humanitaires?",
}
NAMED = {slug: re.compile(words) for slug, words in NAMED.items()}


def grounds_named(text):
    """Return the slugs of the grounds that ``text`` names, or that of all of them."""
    # "un titre salarié" of another request names no ground of this one.
    ours = [words for words in re.split(r"[.\n]", flat(text)) if OURS.search(words)]
    named = [slug for slug, ground in NAMED.items() if any(map(ground.search, ours))]
    return named or [EVERY]
