"""What a sheet quoted becomes its first quotation, with its past: each version keeps its words.

Every row of history of a sheet that quoted something gives one of its quotation, in the same
changeset, whether or not the words changed there: they were part of what was written, and undoing
an import leaves alone what was written since. The words go where a row no longer has any; their
author changes where the link that they come from got another publisher.
"""

import json
import re
from collections import defaultdict
from hashlib import sha256
from html import unescape

from django.db import migrations

ADDED, CHANGED, REMOVED = '+', '~', '-'
BATCH = 200
HREF = re.compile(r'<a href="([^"]*)"')


def move(apps, schema_editor):
    procedures = apps.get_model('prefectures', 'Procedure').objects
    past = apps.get_model('prefectures', 'HistoricalProcedure').objects
    ever = sorted({*past.values_list('id', flat=True), *procedures.values_list('pk', flat=True)})
    for start in range(0, len(ever), BATCH):
        move_some(apps, ever[start : start + BATCH])


def move_some(apps, pks):
    """Move what these sheets quote, deleted ones included."""
    quotations = apps.get_model('prefectures', 'Quotation')
    history = apps.get_model('prefectures', 'HistoricalQuotation')
    told, now = pasts(apps, pks), held_now(apps, pks)
    sheets = sorted(told.keys() | now.keys())
    # Each gets its key from the database, also what is gone: no key is ever given twice.
    made = quotations.objects.bulk_create(
        [quotations(**now.get(pk) or {**told[pk][-1]['held'], 'link_id': None}) for pk in sheets]
    )
    rows = [
        history(id=row.pk, **change['row'], **change['held'])
        for row, pk in zip(made, sheets)
        for change in told.get(pk, ())
    ]
    history.objects.bulk_create(rows, batch_size=BATCH)
    gone = [row.pk for row, pk in zip(made, sheets) if pk not in now]
    quotations.objects.filter(pk__in=gone).delete()
    keep_what_is_meant(apps, now)


def held(procedure, text, link, is_excerpt, publisher):
    return {
        'procedure_id': procedure,
        'number': 1,
        'position': 0,
        # Words without a link were shown as the préfecture's.
        'publisher': publisher or 'prefecture',
        'link_id': link,
        'text': text,
        'is_excerpt': is_excerpt,
    }


def held_now(apps, pks):
    """Return {key of the sheet: what its quotation holds} of those that quote something."""
    sheets = apps.get_model('prefectures', 'Procedure').objects.filter(pk__in=pks)
    columns = ('pk', 'official_text', 'quoted_from', 'is_excerpt', 'quoted_from__publisher')
    return {
        pk: held(pk, text, link, is_excerpt, publisher)
        for pk, text, link, is_excerpt, publisher in sheets.values_list(*columns)
        if text
    }


def pasts(apps, pks):
    """Return {key of the sheet: its quotation's changes, oldest first} of those that have any."""
    events = defaultdict(lambda: defaultdict(list))
    sheets = apps.get_model('prefectures', 'HistoricalProcedure').objects.filter(id__in=pks)
    links = apps.get_model('prefectures', 'HistoricalLink').objects.filter(procedure_id__in=pks)
    who = ('changeset_id', 'history_date', 'history_user_id')
    columns = ('id', 'history_type', 'official_text', 'quoted_from_id', 'is_excerpt')
    for *when, pk, kind, text, link, is_excerpt in sheets.order_by('history_id').values_list(
        *who, *columns
    ):
        quoted = ('', None, False) if kind == REMOVED else (text, link, is_excerpt)
        events[pk][when[0]].append((when, 'sheet', quoted))
    columns = ('procedure_id', 'id', 'history_type', 'publisher')
    for *when, pk, link, kind, publisher in links.order_by('history_id').values_list(
        *who, *columns
    ):
        events[pk][when[0]].append((when, 'link', (link, publisher)))
    found = {pk: list(changes(pk, own)) for pk, own in events.items()}
    return {pk: own for pk, own in found.items() if own}


def changes(pk, events):
    """Yield the changes of what sheet ``pk`` quotes, of its ``events`` by changeset."""
    publishers, quoted, before = {}, ('', None, False), None
    for changeset in sorted(events):
        for when, what, value in events[changeset]:
            if what == 'link':
                publishers[value[0]] = value[1]
            else:
                quoted = value
        text, link, is_excerpt = quoted
        after = held(pk, text, link, is_excerpt, publishers.get(link)) if text else None
        is_of_the_sheet = any(what == 'sheet' for _, what, _ in events[changeset])
        if after is None and before is None or after == before and not is_of_the_sheet:
            continue
        kind = REMOVED if after is None else ADDED if before is None else CHANGED
        row = {
            'changeset_id': changeset,
            'history_type': kind,
            'history_date': when[1],
            'history_user_id': when[2],
        }
        yield {'row': row, 'held': after or before}
        before = after


def keep_what_is_meant(apps, now):
    """An accent in an address of the words that somebody said is meant stays meant."""
    models = [
        apps.get_model('prefectures', name)
        for name in ('Acknowledgement', 'HistoricalAcknowledgement')
    ]
    said = models[0].objects.filter(procedure_id__in=now, kind='accented_host')
    for pk in set(said.values_list('procedure_id', flat=True)):
        for href in HREF.findall(now[pk]['text']):
            before = fingerprint('official_text', '', 0, unescape(href))
            after = fingerprint('text', 'quotations', 1, unescape(href))
            for model in models:
                same = model.objects.filter(procedure_id=pk, fingerprint=before)
                same.update(fingerprint=after)


def fingerprint(field, part, number, address):
    """As ``contradictions/found.py`` makes it."""
    told = ['accented_host', field, part, number, (address,)]
    return sha256(json.dumps(told, default=str).encode()).hexdigest()


def say_who_wants_it_registered(apps, schema_editor):
    """ "En recommandé" had two answers; yes was shown as what one has to do."""
    for name in ('Step', 'HistoricalStep'):
        steps = apps.get_model('prefectures', name).objects
        steps.filter(was_registered=True).update(registered='required')


class Migration(migrations.Migration):

    dependencies = [
        ('prefectures', '0007_quotations'),
    ]

    operations = [
        migrations.RunPython(move, elidable=False),
        migrations.RunPython(say_who_wants_it_registered, elidable=False),
    ]
