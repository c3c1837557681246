"""The preview shows every change that the confirmation writes, and no other."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st

from prefectures.importexport.files import read_file, write_set
from prefectures.importexport.files.limits import Row
from prefectures.importexport.plan import ADDED, REMOVED
from prefectures.importexport.planner import plan_import
from prefectures.importexport.resources import WHOLE_SHEETS, columns_of, export
from prefectures.importexport.write import write_plan
from prefectures.models import Ground, Link, Prefecture, Procedure, User, changeset
from prefectures.models.fields import RichTextField
from prefectures.sheets.kinds import SHEETS, known_by, row_kind
from prefectures.text.differences import text_of
from tests.sheets.kinds import CONTACTS, LINKS, QUOTATIONS, REFERRALS, STEPS

pytestmark = pytest.mark.django_db

# What a person may type in a cell of each table; "" where nothing is meant to change.
CELLS = {
    SHEETS: {
        "titre": ["Un titre", "  Un   autre "],
        "publication": ["archivée", "brouillon"],
        "note du Gisti": ["<p>Une note</p>", "<p><strong>Une note</strong></p>", "<p>b<br></p>"],
        "phrase d’annonce": ["Une phrase", "Deux\nlignes  "],
        "motifs": ["travail", "tous-motifs | travail"],
        "guichets où l’on dépose": ["34/sous-prefecture-de-beziers", "09/prefecture-de-foix"],
        "voies refusées": ["voie postale"],
        "avant de commencer": ["Un passeport", "- un\n- deux"],
        "valable à partir du": ["22/02/2023", "2023-02-22"],
    },
    STEPS: {
        "action": ["téléphoner", "autre", "envoyer par la poste"],
        "ce qu’elle obtient": ["dépose la demande"],
        "étape n°": ["1", "2"],
        "consignes": ["Sonner deux fois", "x "],
        "en recommandé": ["oui", "non", "conseillé par le Gisti"],
        "connue par": ["1", "2"],
    },
    CONTACTS: {"type": ["téléphone"], "contact": ["04 67 36 70 70"], "pour quoi": ["rien"]},
    LINKS: {
        "texte du lien": ["Le formulaire", "Une page"],
        "adresse": ["https://www.herault.gouv.fr/a"],
        "publié par": ["la presse"],
        "pas pour cette demande": ["oui", "non"],
    },
    QUOTATIONS: {
        "texte cité": ["Des mots", "<p>D’autres <em>mots</em></p>"],
        "tirée du lien": ["1", "2"],
        "extrait": ["oui", "non"],
        "qui parle": ["la presse"],
    },
    REFERRALS: {
        "motif": ["travail"],
        "fiche qui répond": ["09/prefecture-de-foix"],
        "guichet qui répond": ["34/prefecture-de-montpellier"],
        "précision": ["Même ici"],
    },
}
REQUIRED = {"titre", "action", "type", "contact", "texte du lien", "texte cité", "motif"}
BEZIERS_SLUG = "sous-prefecture-de-beziers"
KEYS = [f"34/{BEZIERS_SLUG}"] * 3 + ["09/prefecture-de-foix", "34/nouvelle"]
# What a colleague changes meanwhile: columns that the file changes, too.
ATTRIBUTES = {
    SHEETS: {"title": "De Nadia", "headline": "De Nadia", "editorial_note": "<p>De Nadia</p>"},
    STEPS: {"instructions": "De Nadia", "role": "information"},
    CONTACTS: {"purpose": "De Nadia"},
    LINKS: {"label": "De Nadia"},
    QUOTATIONS: {"text": "<p>De Nadia</p>"},
    REFERRALS: {"note": "De Nadia"},
}


@st.composite
def site_edits(draw):
    kind = draw(st.sampled_from([SHEETS, *WHOLE_SHEETS]))
    return kind, draw(st.integers(0, 1)), draw(st.sampled_from(sorted(ATTRIBUTES[kind].items())))


@st.composite
def file_edits(draw):
    """Return (table, key, which of its rows, {column: text}, what to do with it)."""
    kind = draw(st.sampled_from([SHEETS, *WHOLE_SHEETS]))
    columns = CELLS[kind]
    cells = {
        name: draw(st.sampled_from([*([""] if name not in REQUIRED else []), *columns[name]]))
        for name in draw(st.lists(st.sampled_from(list(columns)), min_size=1, unique=True))
    }
    doing = draw(st.sampled_from(["change", "change", "change", "add", "delete"]))
    return kind, draw(st.sampled_from(KEYS)), draw(st.integers(0, 2)), cells, doing


class EditedFile:
    """The tables of an export, in which a person types."""

    def __init__(self, tables):
        self.tables = {table.name: table for table in tables}

    def edit(self, kind, key, rank, cells, doing):
        table = self.tables[kind.name]
        rows = [row for row in table.rows if row.cells["fiche"] == key]
        if key == "34/nouvelle" and kind is not SHEETS:
            self.edit(SHEETS, key, 0, {}, "new")
        if doing == "new" and rows:
            return
        if doing in ("new", "add") or not rows:
            last = max((row.number for row in table.rows), default=1)
            row = Row(last + 1, dict.fromkeys(table.headers, ""))
            row.cells["fiche"] = key
            if kind is SHEETS and rows:
                return
            row.cells |= {name: CELLS[kind][name][0] for name in REQUIRED & set(CELLS[kind])}
            if kind is LINKS and key == "34/nouvelle":
                row.cells["numéro"] = str(len(rows) + 1)
            table.rows.append(row)
        else:
            row = rows[rank % len(rows)]
            if doing == "delete" and row.cells["version"]:
                row.cells["supprimer"] = "oui"
        row.cells |= cells


def edit_site(edits):
    with changeset("De Nadia", author=None):
        for kind, rank, (name, value) in edits:
            found = kind.model.objects.order_by("pk")
            found = found.filter(**{"slug" if kind is SHEETS else "procedure__slug": BEZIERS_SLUG})
            item = found[rank % found.count()] if found else None
            if item:
                setattr(item, name, value)
                item.save()


# --- What is shown, and what is written ---------------------------------------------------------


def shown(plan):
    found = Counter()
    for row in plan.to_write:
        number = row.number if row.status != ADDED else None
        if row.status == REMOVED and row.kind is SHEETS:
            found[row.kind.name, row.key, None, "-"] += 1
            continue
        for change in row.changes:
            if row.status == REMOVED:
                found[row.kind.name, row.key, number, change.label, ""] += 1
            else:
                found[row.kind.name, row.key, number, change.label, change.after] += 1
    return found


def written(record, links):
    """Read the history rows of ``record``; those of the parts of a deleted sheet are its own."""
    found = Counter()
    rows = {k: list(k.model.history.filter(changeset=record)) for k in WHOLE_SHEETS}
    gone = {row.id: row for row in rows[SHEETS] if row.history_type == "-"}
    keys = {row.id: key(row) for row in [*Procedure.history.order_by("history_id")]}
    for kind in WHOLE_SHEETS:
        for row in rows[kind]:
            if kind is SHEETS and row.id in gone:
                found[kind.name, keys[row.id], None, "-"] += 1
                continue
            if kind is not SHEETS and row.procedure_id in gone:
                continue
            sheet = keys[row.id if kind is SHEETS else row.procedure_id]
            number = None if kind is SHEETS or row.history_type == "+" else row.number
            before = {}
            if row.history_type == "~":
                earlier = kind.model.history.filter(id=row.id, history_id__lt=row.history_id)
                before = values(kind, earlier.latest("history_id"))
            now = values(kind, row)
            for label, value in now.items():
                if row.history_type == "-":
                    if value:
                        found[kind.name, sheet, number, label, ""] += 1
                elif value != before.get(label) and (before or value):
                    text = words(kind, label, value, before.get(label), links)
                    found[kind.name, sheet, number, label, text] += 1
    return found


def key(row):
    return f"{row.departement_id}/{row.slug}"


def values(kind, row):
    found = {}
    for name, column in columns_of(kind.model).items():
        field = kind.model._meta.get_field(name)
        if field.many_to_many:
            other = field.m2m_reverse_name()
            found[column.column_name] = {getattr(link, other) for link in getattr(row, name).all()}
        else:
            found[column.column_name] = getattr(row, field.attname)
    return found


def words(kind, label, value, was, links):
    [(name, column)] = [(n, c) for n, c in columns_of(kind.model).items() if c.column_name == label]
    field = kind.model._meta.get_field(name)
    if field.many_to_many:
        codes = {Prefecture: "key", Ground: "slug"}.get(field.related_model, "pk")
        return " | ".join(
            sorted(getattr(o, codes) for o in field.related_model.objects.filter(pk__in=value))
        )
    if field.is_relation and row_kind(field.related_model):
        return str(links[value]) if value else ""
    if field.related_model is Procedure:
        # The file may delete it as well.
        return key(Procedure.history.filter(id=value).latest()) if value else ""
    if field.is_relation:
        named = field.related_model.objects.filter(pk=value).first()
        return str(getattr(named, known_by(field.related_model))) if named else ""
    if isinstance(field, RichTextField):
        return text_of(value) if text_of(value) != text_of(was or "") else value
    # A choice that says nothing is shown as nothing.
    return column.widget.render(value) if value != "" else ""


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(site_edits(), max_size=5),
    st.lists(file_edits(), min_size=2, max_size=6),
    st.sampled_from(["mine", "theirs"]),
    st.sampled_from([False, False, True]),
)
# A row has a conflict and changes elsewhere as well.
@example(
    [(SHEETS, 0, ("title", "De Nadia"))],
    [(SHEETS, KEYS[0], 0, {"titre": "Un titre", "publication": "archivée"}, "change")],
    "mine",
    False,
)
def test_the_changes_shown_are_the_changes_written(admin_user, on_site, in_file, choice, erases):
    with transaction.atomic():
        try:
            compare(admin_user, on_site, in_file, choice, erases)
        finally:
            transaction.set_rollback(True)


def compare(admin_user, on_site, in_file, choice, erases):
    chosen = Procedure.objects.filter(slug__in=[key.partition("/")[2] for key in KEYS])
    datasets = {k.name: export(k, chosen) for k in WHOLE_SHEETS}
    file = EditedFile(read_file("x.zip", write_set("zip", datasets)))
    edit_site(on_site)
    for edit in in_file:
        file.edit(*edit)
    tables = list(file.tables.values())
    user = User.objects.get(pk=admin_user.pk)

    def planned(choices):
        return plan_import(tables, user, erases_empty=erases, choices=choices)

    first = planned({})
    assume(not first.refused)
    choices = {c.name: choice for row in first.conflicted for c in row.conflicts}
    event(f"conflicts: {bool(choices)}")
    plan = planned(choices)
    assume(plan.is_decided)
    told = shown(plan)
    others = Counter()
    for row in first.rows:
        others.update((row.kind.name, row.key, row.number, c.label) for c in row.changes)
    assert not others - Counter(t for r in plan.rows for t in labels(r))
    record = write_plan(plan, author=user, file_name="x", file_digest="x")
    event(f"writes: {bool(told)}")
    numbers = dict(Link.history.values_list("id", "number"))
    assert told == (written(record, numbers) if record.pk else Counter())


def labels(row):
    return [(row.kind.name, row.key, row.number, change.label) for change in row.changes]
