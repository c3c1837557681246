"""Each version that readers could see gets its document, from the history, once.

The history is told again from its beginning, changeset by changeset, in memory; after each, the
sheets whose public content it may have changed are looked at. INSEE's names have no history: they
are those of today. Documents are of format 1, whatever format the site writes later.
"""

from collections import defaultdict
from types import SimpleNamespace

from django.db import migrations

from prefectures.published import format_1
from prefectures.published.document import Document
from prefectures.sheets.canonical import canonical_json
from prefectures.text.naming import office_name

REMOVED = '-'
BATCH = 500
# What an office is, before the name of its town; of another kind, its own name says it.
LABELS = {
    'prefecture': 'préfecture',
    'sous_prefecture': 'sous-préfecture',
    'prefecture_de_police': 'préfecture de police',
    'other': 'autre guichet',
}
AROUND = ('Region', 'Departement', 'Prefecture', 'Ground', 'HelpPlace', 'GeneralText')
PARTS = {
    'Step': 'steps',
    'Contact': 'contacts',
    'Link': 'links',
    'Quotation': 'quotations',
    'Referral': 'referrals',
    'Verification': 'verifications',
}
LINKED = {
    'Procedure': {
        'offices': 'prefecture',
        'offices_not_receiving': 'prefecture',
        'grounds': 'ground',
        'arrondissements': 'arrondissement',
        'communes_included': 'commune',
        'communes_excluded': 'commune',
    },
    'HelpPlace': {'departements': 'departement'},
}


def write(apps, schema_editor):
    Past(apps).tell()


class Past:
    """All that is tracked, as it was after the changeset that was told last."""

    def __init__(self, apps):
        self.model = lambda name: apps.get_model('prefectures', name)
        self.items = {name: {} for name in (*AROUND, 'Procedure', *PARTS)}
        self.rows = {part: defaultdict(dict) for part in PARTS.values()}
        self.newest = {}

    def tell(self):
        changesets = self.model('Changeset').objects.order_by('pk')
        moments = list(changesets.values_list('pk', 'at'))
        if moments:
            self.arrondissements = self._insee('Arrondissement')
            self.communes = self._insee('Commune')
        for start in range(0, len(moments), BATCH):
            some = moments[start : start + BATCH]
            written = self._written([pk for pk, _ in some])
            documents = []
            for pk, at in some:
                for document in self._told(written.get(pk, ())):
                    document.changeset_id, document.at = pk, at
                    documents.append(document)
            self.model('PublishedDocument').objects.bulk_create(documents, batch_size=BATCH)

    def _insee(self, name):
        named = defaultdict(SimpleNamespace)
        for item in self.model(name).objects.all():
            named[item.pk] = item
        return named

    def _written(self, pks):
        """Return {changeset: [(name of the model, row of its history)]}, in order."""
        found = defaultdict(list)
        for name in self.items:
            history = self.model(f'Historical{name}').objects
            rows = list(history.filter(changeset__in=pks).order_by('history_id'))
            for field, other in LINKED.get(name, {}).items():
                self._give_linked(name, field, other, rows)
            for row in rows:
                found[row.changeset_id].append((name, row))
        return found

    def _give_linked(self, name, field, other, rows):
        links = self.model(f'Historical{name}_{field}').objects
        linked = defaultdict(list)
        for start in range(0, len(rows), BATCH):
            ids = [row.history_id for row in rows[start : start + BATCH]]
            for row, key in links.filter(history__in=ids).values_list('history', other):
                linked[row].append(key)
        for row in rows:
            row.linked = {**getattr(row, 'linked', {}), field: linked[row.history_id]}

    def _told(self, written):
        """Take over what a changeset wrote; return the documents that follow from it."""
        concerned, everywhere = set(), False
        for name, row in written:
            everywhere |= name in AROUND
            key = row.code if name in ('Region', 'Departement') else row.id
            if name == 'Procedure':
                concerned |= {key, *self._referring_to(key)}
            elif name in PARTS:
                concerned.add(row.procedure_id)
                self.rows[PARTS[name]][row.procedure_id].pop(key, None)
            if row.history_type == REMOVED:
                self.items[name].pop(key, None)
                continue
            self.items[name][key] = row
            if name in PARTS:
                self.rows[PARTS[name]][row.procedure_id][key] = row
        if everywhere:
            concerned |= {*self.items['Procedure']}
        return filter(None, map(self._document, sorted(concerned)))

    def _referring_to(self, sheet):
        rows = self.items['Referral'].values()
        return {row.procedure_id for row in rows if row.sheet_id == sheet}

    def _document(self, pk):
        """Return the new document of a sheet; None where readers see nothing new of it."""
        past, before = self.items['Procedure'].get(pk), self.newest.get(pk)
        new = {'procedure_id': pk}
        if past is not None and past.publication == 'published':
            document = self._content(past)
            new |= {'departement_id': past.departement_id, 'slug': past.slug}
            new |= {'title': past.title, 'format': document.format, 'sha256': document.sha256}
        elif before and before['sha256']:
            new |= {name: before[name] for name in ('departement_id', 'slug', 'title')}
            new |= {'format': None, 'sha256': ''}
        else:
            return None
        # A title is part of what the digest is of.
        if new == before:
            return None
        self.newest[pk] = new
        content = document.compressed if new['sha256'] else None
        return self.model('PublishedDocument')(**new, content=content)

    # --- What a document says -----------------------------------------------------------------

    def _content(self, past):
        sheet = self._sheet(past)
        verified = self.rows['verifications'][past.id].values()
        sheet.last_verified_on = max((row.verified_on for row in verified), default=None)
        lists = {part: [*self.rows[part][past.id].values()] for part in format_1.ROWS}
        for field, other in LINKED['Procedure'].items():
            lists[field] = [*map(self._named(other), past.linked[field])]
        offices = {office.pk: office for office in lists['offices']}
        links = {link.id: link for link in lists['links']}
        lists['steps'] = [
            _with(row, source=links.get(row.source_id), office=offices.get(row.office_id))
            for row in lists['steps']
        ]
        lists['quotations'] = [
            _with(row, link=links.get(row.link_id)) for row in lists['quotations']
        ]
        lists['referrals'] = [self._referral(row) for row in lists['referrals']]
        helping = self.items['HelpPlace'].values()
        lists['helping_here'] = [
            place for place in helping if past.departement_id in place.linked['departements']
        ]
        lists['helping_everywhere'] = [
            place for place in helping if not place.linked['departements']
        ]
        lists['general_texts'] = [*self.items['GeneralText'].values()]
        said = format_1.document(sheet, lists)
        return Document(format_1.FORMAT, canonical_json(said))

    def _sheet(self, past):
        sheet = _with(past)
        departement = self.items['Departement'][past.departement_id]
        region = self.items['Region'].get(departement.region_id)
        sheet.departement = _with(departement, region=region)
        return sheet

    def _named(self, other):
        items = {
            'prefecture': self._office,
            'ground': self.items['Ground'].get,
            'arrondissement': self.arrondissements.get,
            'commune': self.communes.get,
        }
        return items[other]

    def _office(self, pk):
        office = self.items['Prefecture'].get(pk)
        if office is None:
            return None
        name = office_name(
            LABELS.get(office.kind, office.kind), office.article, office.city, office.printed_name
        )
        return SimpleNamespace(pk=pk, key=f'{office.departement_id}/{office.slug}', name=name)

    def _referral(self, row):
        named = self.items['Procedure'].get(row.sheet_id)
        return _with(
            row,
            ground=self.items['Ground'][row.ground_id],
            office=self._office(row.office_id),
            sheet=self._sheet(named) if named else None,
        )


def _with(row, **named):
    """Return what a row of history holds, and what it names."""
    columns = [field.attname for field in row._meta.concrete_fields]
    return SimpleNamespace(**{name: getattr(row, name) for name in columns} | named)


class Migration(migrations.Migration):
    dependencies = [('prefectures', '0015_seals')]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
