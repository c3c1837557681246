"""What differs between two documents, in the words of the page."""

from hypothesis import given
from hypothesis import strategies as st

from prefectures.models import Channel, Contact, Link, Procedure, Step
from prefectures.public.comparing import changed_titles, compared, is_only_verified
from prefectures.public.comparing.lines import changed_lines
from prefectures.public.comparing.parts import PARTS
from prefectures.public.comparing.said import LISTS
from prefectures.published import format_1
from prefectures.text.differences import ADDED, KEPT, REMOVED

RHONE = {"code": "69", "name": "Rhône", "article": "du ", "slug": "69-rhone"}
SHEET = {"title": "Préfecture de Lyon", "slug": "prefecture-de-lyon", "departement": RHONE}
POST = {"number": 1, "group": 1, "kind": "post", "role": "files", "address": "Lyon"}
COUNTER = {"number": 2, "group": 2, "kind": "counter", "role": "files"}
OFFICE = {"key": "69/prefecture-de-lyon", "name": "Préfecture de Lyon"}


def told(before, after):
    """Return [(title of the part, what became, of what, [(label, text without marks)])]."""
    parts = compared(SHEET | before, SHEET | after)
    return [
        (
            part.title,
            item.kind,
            item.name,
            [(each.label, flat(each.lines)) for each in item.changes],
        )
        for part in parts
        for item in part.items
    ]


def flat(lines):
    signs = {KEPT: "", ADDED: "+", REMOVED: "-"}
    return [
        "…" if line is None else " ".join(f"{signs[kind]}{text.strip()}" for kind, text in line)
        for line in lines
    ]


# --- By its words -----------------------------------------------------------------------------


def test_a_text_that_comes_goes_or_changes():
    assert told({}, {"warning": "<p>Un reçu.</p>"}) == [
        ("Attention", "Ajout", "", [("", ["+Un reçu."])])
    ]
    assert told({"warning": "<p>Un reçu.</p>"}, {}) == [
        ("Attention", "Retrait", "", [("", ["-Un reçu."])])
    ]
    assert told({"warning": "<p>Un reçu.</p>"}, {"warning": "<p>Un papier.</p>"}) == [
        ("Attention", "Changement", "", [("", ["Un -reçu. +papier."])])
    ]


def test_only_the_lines_that_differ_are_shown():
    before = "<p>Un.</p><p>Deux.</p><p>Trois.</p><p>Quatre.</p>"
    after = before.replace("Trois", "Troisième")
    [(_, _, _, [(_, lines)])] = told({"warning": before}, {"warning": after})
    assert lines == ["…", "-Trois. +Troisième.", "…"]


def test_what_only_looks_otherwise_says_so():
    [part] = compared(
        SHEET | {"warning": "<p>Un reçu.</p>"}, SHEET | {"warning": "<p><em>Un reçu.</em></p>"}
    )
    [item] = part.items
    assert (item.changes, item.note) == ([], "Un détail de présentation a changé.")


def test_a_choice_is_told_in_words():
    assert told({"situation": "open"}, {"situation": "suspended"}) == [
        ("La situation", "Changement", "", [("", ["-ouverte +suspendue"])])
    ]
    [(title, _, _, [(_, lines)])] = told({}, {"refused_channels": [Channel.POSTAL, Channel.EMAIL]})
    assert (title, lines) == (
        "Ce qui est refusé",
        [f"+{Channel.POSTAL.label}, {Channel.EMAIL.label}"],
    )


def test_what_somebody_wrote_is_told_from_what_the_site_says():
    after = {"title": "Autre nom", "situation": "suspended", "updated_on": "2026-03-03"}
    parts = compared(SHEET, SHEET | after)
    said = {
        part.title: [each.is_free for item in part.items for each in item.changes] for part in parts
    }
    assert said == {"La fiche": [True], "La situation": [False], "Les dates": [False]}


def test_a_date_is_told_as_the_page_tells_it():
    assert told({"updated_on": "2023-02-22"}, {"updated_on": "2026-03-03"}) == [
        ("Les dates", "Changement", "Dernière mise à jour", [("", ["-22/02/2023 +03/03/2026"])])
    ]


def test_a_step_is_named_by_what_it_is():
    [(title, kind, name, changes)] = told(
        {"steps": [POST]}, {"steps": [POST | {"address": "Bron"}]}
    )
    assert (title, kind) == ("Les étapes", "Changement")
    assert name == "Envoyez votre dossier par la poste"
    assert changes == [("Adresse", ["-Lyon +Bron"])]


def test_a_step_that_comes_or_goes_is_told_whole():
    [(_, kind, name, changes)] = told({"steps": [POST]}, {"steps": [POST, COUNTER]})
    assert (kind, name) == ("Ajout", "Déposez votre dossier au guichet")
    assert ("Action", ["+se présenter au guichet"]) in changes
    [(_, kind, _, _)] = told({"steps": [POST, COUNTER]}, {"steps": [POST]})
    assert kind == "Retrait"


def test_another_order_is_told():
    assert told({"steps": [POST, COUNTER]}, {"steps": [COUNTER, POST]}) == [
        ("Les étapes", "Ordre", "", [])
    ]


def test_steps_that_are_now_at_choice_are_told():
    at_choice = [POST, COUNTER | {"group": 1}]
    assert told({"steps": [POST, COUNTER]}, {"steps": at_choice}) == [
        ("Les étapes", "Ordre", "", [])
    ]


def test_a_step_before_others_puts_none_of_them_in_another_order():
    booking = {"number": 3, "group": 1, "kind": "book_online", "role": "appointment"}
    later = [POST | {"group": 2}, COUNTER | {"group": 3}]
    kinds = [
        kind for _, kind, _, _ in told({"steps": [POST, COUNTER]}, {"steps": [booking, *later]})
    ]
    assert kinds == ["Ajout"]


def test_an_office_that_got_another_name_is_told():
    renamed = OFFICE | {"name": "Guichet de la Part-Dieu"}
    [(title, kind, name, [(_, [line])])] = told({"offices": [OFFICE]}, {"offices": [renamed]})
    assert (title, kind, name) == ("Les guichets", "Changement", "Guichet de la Part-Dieu")
    assert "+Guichet" in line


def test_communes_that_come_are_told_together():
    communes = [{"code": "69001", "name": "Affoux"}, {"code": "69002", "name": "Aigueperse"}]
    assert told({}, {"communes_included": communes}) == [
        ("Pour qui", "Ajout", "Communes : Affoux, Aigueperse".replace(" :", "\u00a0:"), [])
    ]


def test_a_source_and_an_office_of_a_step_are_told_by_name():
    link = {"number": 1, "kind": "source", "label": "Le Progrès", "publisher": "press"}
    before = {"steps": [POST], "links": [link]}
    after = {"steps": [POST | {"source": 1, "office": OFFICE}], "links": [link]}
    [(_, _, _, changes)] = told(before, after)
    assert changes == [
        ("À quel guichet", ["+Préfecture de Lyon"]),
        ("Connue par", ["+Le Progrès"]),
    ]


def test_a_sheet_that_answers_and_goes_is_told():
    ground = {"slug": "travail", "name": "Travail"}
    named = {"title": "Bron", "slug": "bron", "departement": {"code": "69", "slug": "69-rhone"}}
    before = {"referrals": [{"number": 1, "ground": ground, "sheet": named}]}
    after = {"referrals": [{"number": 1, "ground": ground, "is_gone": True}]}
    [(title, _, name, [(label, _)])] = told(before, after)
    assert (title, name, label) == ("Cette fiche ne vaut pas pour", "Travail", "Fiche qui répond")


def test_what_is_said_in_every_prefecture_is_told():
    law = {"slug": "silence", "title": "Le silence", "text": "<p>Quatre mois.</p>"}
    after = law | {"text": "<p>Deux mois.</p>"}
    [(title, _, name, _)] = told({"general_texts": [law]}, {"general_texts": [after]})
    assert title == "Et ensuite"
    assert name == "Partout en France : Le silence".replace(" :", "\u00a0:")


def test_a_verification_alone_is_known_as_one():
    before = SHEET | {"last_verified_on": "2026-01-01"}
    assert is_only_verified(SHEET, before)
    assert is_only_verified(before, SHEET | {"last_verified_on": "2026-02-01"})
    assert not is_only_verified(SHEET, before | {"updated_on": "2026-01-01"})
    assert not is_only_verified(SHEET, SHEET)


def test_the_parts_hold_all_that_a_document_says():
    held = [name for names in PARTS.values() for name in names]
    said = {*format_1.SHEET, "departement", *format_1.NAMED, *format_1.ROWS, *format_1.AROUND}
    assert len(held) == len(set(held))
    assert set(held) == said


def test_a_row_tells_all_that_a_document_says_of_it():
    told_otherwise = {"number", "group", "key", "slug", "code", "covers_all", "is_neighbour"}
    told_otherwise |= {"article"}
    for name, said in (format_1.NAMED | format_1.ROWS | format_1.AROUND).items():
        kind = LISTS[name]
        fields = set(kind.fields) or {"name"}
        assert set(said) - told_otherwise == fields, name


# --- Whatever they hold -----------------------------------------------------------------------

words = st.text(st.sampled_from("ab <>&'é\n."), max_size=12)
days = st.dates().map(str)
fields = {
    "headline": words,
    "warning": words.map(lambda text: f"<p>{text}</p>"),
    "conditions": words.map(lambda text: f"<ul><li>{text}</li></ul>"),
    "situation": st.sampled_from(Procedure.Situation.values),
    "valid_until": days,
    "updated_on": days,
    "last_verified_on": days,
    "refused_channels": st.lists(st.sampled_from(Channel.values), unique=True),
}


def rows(**own):
    row = st.fixed_dictionaries({"number": st.integers(1, 4)}, optional=own)
    return st.lists(row, max_size=4, unique_by=lambda row: row["number"])


def with_kind(strategy, kinds, more):
    """Return rows of ``strategy`` that all have a kind, and ``more``."""
    added = st.fixed_dictionaries({"kind": st.sampled_from(kinds), **more})
    return strategy.flatmap(
        lambda found: st.tuples(*[added for _ in found]).map(
            lambda kinds: [row | kind for row, kind in zip(found, kinds, strict=True)]
        )
    )


offices = st.lists(
    st.fixed_dictionaries({"key": st.sampled_from(["69/a", "69/b", "01/a"]), "name": words}),
    max_size=3,
    unique_by=lambda office: office["key"],
)
steps = with_kind(
    rows(address=words, url=words, is_owed=st.just(True), known_on=days, source=st.integers(1, 4)),
    Step.Kind.values,
    {"role": st.sampled_from(Step.Role.values), "group": st.integers(1, 3)},
)
contacts = with_kind(rows(purpose=words), Contact.Kind.values, {"value": words})
links = with_kind(
    rows(label=words, url=words, consulted_on=days),
    Link.Kind.values,
    {"publisher": st.sampled_from(Link.Publisher.values)},
)
quotations = with_kind(rows(text=words, link=st.integers(1, 4)), ["x"], {}).map(
    lambda found: [
        {name: value for name, value in row.items() if name != "kind"} | {"publisher": "press"}
        for row in found
    ]
)
# What is empty is left out of a document.
documents = st.fixed_dictionaries(
    {"title": st.just("Lyon"), "slug": st.just("lyon"), "departement": st.just(RHONE)},
    optional=fields
    | {
        "offices": offices,
        "offices_not_receiving": offices,
        "steps": steps,
        "contacts": contacts,
        "links": links,
        "quotations": quotations,
    },
).map(lambda found: {name: value for name, value in found.items() if value not in ("", [])})


@given(before=documents, after=documents)
def test_any_two_documents_can_be_compared(before, after):
    titles = [part.title for part in compared(before, after)]
    assert titles == changed_titles(before, after)
    assert bool(titles) == (before != after)


@given(documents)
def test_a_document_does_not_differ_from_itself(document):
    assert compared(document, dict(document)) == []
    assert changed_titles(document, dict(document)) == []


@given(documents, documents)
def test_what_is_removed_one_way_is_added_the_other(before, after):
    opposite = {"Ajout": "Retrait", "Retrait": "Ajout"}

    def kinds(one, other):
        return [
            (part.title, sorted(item.kind for item in part.items)) for part in compared(one, other)
        ]

    turned = [
        (title, sorted(opposite.get(kind, kind) for kind in found))
        for title, found in kinds(after, before)
    ]
    assert kinds(before, after) == turned


@given(words, words)
def test_the_lines_that_differ_hold_all_that_was_added_and_removed(before, after):
    lines = changed_lines(before, after)
    shown = "".join(text for line in lines for _, text in line or [])
    if before.split() == after.split():
        assert not any(kind != KEPT and text.strip() for line in lines for kind, text in line or [])
    else:
        assert shown.strip()
