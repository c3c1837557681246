"""What people really type, and what they are answered: one line a query.

"→ X" leads there at once; "X, Y" lists them, the first first; "X…" lists X first, then others;
"?" is no place that we know, "!" is not understood, "papiers" a word of the guidance.
"""

import pytest

from prefectures.finder.place import Kind

AWKWARD = """
lodeve                                  → Lodève (34)
LODÈVE                                  → Lodève (34)
lodève!                                 → Lodève (34)
« Lodève »                              → Lodève (34)
lode\u0300ve                            → Lodève (34)
34700 Lodève                            → Lodève (34)
Lodève 34700                            → Lodève (34)
Lodève (34)                             → Lodève (34)
lodeve herault                          → Lodève (34)
Lodève, Occitanie                       → Lodève (34)
st etienne                              → Saint-Étienne (42)
ST-ETIENNE                              → Saint-Étienne (42)
stetienne                               → Saint-Étienne (42)
saint etiene                            Saint-Étienne (42)…
l hay les roses                         → L'Haÿ-les-Roses (94)
lhay les roses                          → L'Haÿ-les-Roses (94)
hay les roses                           → L'Haÿ-les-Roses (94)
montpelier                              Montpellier (34)…
montpellier                             → Montpellier (34)
monpellier                              Montpellier (34)…
villeurbane                             Villeurbanne (69)
Perpinian                               Perpignan (66)
toulouze                                Toulouse (31)…
tolouse                                 Toulouse (31)…
toulous                                 Toulouse (31)…
marseile                                Marseille (13)
marsseille                              Marseille (13)…
bezier                                  Béziers (34)…
strassbourg                             Strasbourg (67)
grenobl                                 Grenoble (38)…
reunion                                 La Réunion (974)…
la réunion                              La Réunion (974)…
ile de la reunion                       → La Réunion (974)
travail                                 papiers
10 ans                                  papiers
dix ans de présence                     papiers
récépissé                               papiers
recepisse                               papiers
titre de séjour                         papiers
rendez-vous                             papiers
métiers en tension                      papiers
régularisation par le travail           papiers
conjoint de français                    papiers
préfecture                              papiers
j'habite à Toulouse                     → Toulouse (31)
J’habite à Toulouse.                    → Toulouse (31)
je vis dans le gard                     → Gard (30)
où déposer mon dossier à Béziers        → Béziers (34)
bonjour je suis à Albi merci            → Albi (81)
je suis salarié à Albi                  → Albi (81)
10 ans à Carcassonne                    → Carcassonne (11)
habitant de Narbonne (Aude)             → Narbonne (11)
I live in Marseille                     → Marseille (13)
vivo en Toulouse                        → Toulouse (31)
j habite a bourg en bresse              → Bourg-en-Bresse (01)
Nîmes, Gard                             → Nîmes (30)
nimes 30                                → Nîmes (30)
toulouse haute garonne                  → Toulouse (31)
toulouze haute garonne                  Toulouse (31)…
vienne isère                            → Vienne (38)
vienne                                  Vienne (86), Vienne (38)…
saint denis                             Saint-Denis (974), Saint-Denis (93)…
st denis 93                             → Saint-Denis (93)
Saint-Denis en Seine-Saint-Denis        → Saint-Denis (93)
saint denis reunion                     → Saint-Denis (974)
saint denis de la reunion               → Saint-Denis (974)
clermont l hérault                      → Clermont-l'Hérault (34)
clermont                                Clermont-Ferrand (63)…
boulogne                                Boulogne-Billancourt (92), Boulogne-sur-Mer (62)…
aix provence                            → Aix-en-Provence (13)
chalons champagne                       → Châlons-en-Champagne (51)
saint germin en laye                    Saint-Germain-en-Laye (78)…
Ai-en-Provence                          Provence-Alpes-Côte d'Azur, Aix-en-Provence (13)
castres                                 Castres (81)…
conques                                 Conques-en-Rouergue (12), Conques-sur-Orbiel (11)…
Sévérac-le-Château                      → Sévérac d'Aveyron (12)
Vigan (Le)                              Le Vigan (30)…
vigan                                   → Le Vigan (30)
Le Mans                                 → Le Mans (72)
Les Prés Drôme                          Drôme (26), Les Prés (26)
mont de marsan                          → Mont-de-Marsan (40)
oeuilly                                 Œuilly (51)…
Œuilly aisne                            → Œuilly (02)
y                                       → Y (80)
pau                                     → Pau (64)
pua                                     Pau (64)…
nant                                    Nantes (44)…
nant aveyron                            → Nant (12)
lens                                    → Lens (62)
paris                                   → Paris (75)
paris 18eme                             → Paris 18e Arrondissement (75)
paris 18                                → Paris 18e Arrondissement (75)
paris 75018                             → Paris 18e Arrondissement (75)
75018                                   → Paris 18e Arrondissement (75)
75116                                   → Paris 16e Arrondissement (75)
75000                                   → Paris (75)
Lyon 3                                  → Lyon 3e Arrondissement (69)
lyon 3e arrondissement                  → Lyon 3e Arrondissement (69)
69003                                   → Lyon 3e Arrondissement (69)
69000                                   Rhône (69), Lyon (69)
Marseille 13e                           → Marseille 13e Arrondissement (13)
Marseille 13                            Marseille (13), Marseille 13e Arrondissement (13)…
31038 Toulouse cedex 9                  → Toulouse (31)
34700                                   Lodève (34)…
34 700                                  Lodève (34)…
٣٤٧٠٠                                   Lodève (34)…
34999                                   Hérault (34)
xqz 34                                  Hérault (34)
99999                                   ?
34                                      → Hérault (34)
09                                      → Ariège (09)
2a                                      → Corse-du-Sud (2A)
20                                      Haute-Corse (2B), Corse-du-Sud (2A)
971                                     → Guadeloupe (971)
93                                      → Seine-Saint-Denis (93)
9-3                                     → Seine-Saint-Denis (93)
le 93                                   → Seine-Saint-Denis (93)
neuf trois                              → Seine-Saint-Denis (93)
hérault                                 → Hérault (34)
seine st denis                          → Seine-Saint-Denis (93)
haute garonne                           → Haute-Garonne (31)
tarn                                    → Tarn (81)
loire                                   Loire (42), Loire-Atlantique (44)…
département du Lot                      → Lot (46)
mayotte                                 → Mayotte (976)
idf                                     → Île-de-France
Ile de France                           → Île-de-France
occitanie                               → Occitanie
région Occitanie                        → Occitanie
paca                                    → Provence-Alpes-Côte d'Azur
languedoc roussillon                    → Occitanie
bretagne                                Bretagne…
préfecture de l'Hérault                 → Hérault (34)
préfecture du Gard                      → Gard (30)
préfecture de Montpellier               Préfecture de Montpellier, Montpellier (34)
sous-préfecture de Lodève               Sous-préfecture de Lodève, Lodève (34)
préfecture de police                    Préfecture de police de Paris, Paris (75)
تولوز                                   → Toulouse (31)
أسكن في تولوز                           → Toulouse (31)
أسكن بتولوز                             → Toulouse (31)
مرسيليا                                 → Marseille (13)
Тулуза                                  → Toulouse (31)
я живу в Монпелье                       → Montpellier (34)
Марсел                                  Marseille (13)
图卢兹                                  → Toulouse (31)
我住在图卢兹                            → Toulouse (31)
巴黎                                    → Paris (75)
প্যারিস                                 → Paris (75)
Сен-Дени                                Saint-Denis (974), Saint-Denis (93)
Trifouillis-les-Oies                    ?
xqzvw                                   ?
bonjour                                 !
la                                      !
???                                     !
🙏🏽                                    !
"""
CASES = [line for line in AWKWARD.split("\n") if line.strip()]
COLUMN = 40


def cut(line):
    """Return what is typed, and what is answered."""
    for mark in ("→", "  "):
        typed, found, answer = line.partition(mark)
        if found:
            return typed.strip(), (found + answer).strip()
    raise AssertionError(f"what is answered? {line}")


def told(place):
    is_there = place.departement_id and place.kind is not Kind.OFFICE
    return f"{place.name} ({place.departement_id})" if is_there else place.name


def test_the_table_is_long_and_asks_nothing_twice():
    typed = [cut(line)[0] for line in CASES]
    assert len(typed) == len(set(typed)) >= 80


@pytest.mark.parametrize("line", CASES, ids=[cut(line)[0] for line in CASES])
def test_what_people_type_is_answered(find, line):
    typed, answer = cut(line)
    found = find(typed)
    if answer == "papiers":
        assert found.is_guidance
        assert found.only is None
        return
    assert not found.is_guidance
    if answer in ("?", "!"):
        assert found.candidates == []
        assert found.is_understood == (answer == "?")
        return
    first, *others = answer.removeprefix("→").strip().removesuffix("…").split(", ")
    names = [told(place) for place in found.places]
    if answer.startswith("→"):
        assert others == []
        assert found.only is not None, names
        assert told(found.only) == first
    else:
        assert found.only is None
        assert names[: 1 + len(others)] == [first, *others]
        assert (len(names) > 1 + len(others)) == answer.endswith("…")
