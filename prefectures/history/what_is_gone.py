"""What a sheet of then names that is no more: it stays away, and is told."""

from collections import defaultdict

from ..gate.many_models import rows_together, wanted_by
from ..models import Departement, Procedure
from ..models.numbering import NumberedRow
from ..sheets.kinds import ROWS, SHEETS
from ..sheets.reading import names_of

# A département is never deleted; a sheet that others name may be, and its own readers are told;
# rows of the sheet itself come and go with it.
ELSEWHERE = (Departement, Procedure)


def leave_out_what_is_gone(now, then):
    """Take out of ``then`` what names something that is no more; return the sentences that say so.

    What the sheet names ``now`` is there: only of the rest the database is asked.
    """
    named = list(_naming(then))
    gone = _gone(named, _naming(now))
    lost = [(*each[:-1], each[-1] & gone[each[-2].related_model]) for each in named]
    lost = [each for each in lost if each[-1]]
    names = names_of(
        (column, keys if column.many_to_many else min(keys)) for *_, column, keys in lost
    )
    return [_leave_out(now, then, *each, names) for each in lost]


def _naming(state):
    """Yield (kind, number, item, field, keys) of all that a sheet and its rows name."""
    if state.sheet is None:
        return
    for field in SHEETS.model._meta.many_to_many:
        yield SHEETS, None, state.sheet, field, state.sheet.values[field.name]
    for kind in ROWS:
        fields = [
            field
            for field in kind.model._meta.fields
            if field.is_relation
            and field.related_model not in ELSEWHERE
            and not issubclass(field.related_model, NumberedRow)
        ]
        for number, row in state.rows[kind].items():
            for field in fields:
                yield kind, number, row, field, frozenset({row.values[field.name]} - {None})


def _gone(named, known):
    """Return {model: keys of what is no more}."""
    asked = defaultdict(set)
    for *_, field, keys in named:
        asked[field.related_model] |= keys
    for *_, field, keys in known:
        asked[field.related_model] -= keys
    wanted = {
        model: wanted_by(model, "pk", keys, (model._meta.pk.attname,))
        for model, keys in asked.items()
    }
    for model, (pk,) in rows_together(wanted):
        asked[model].discard(pk)
    return asked


def _leave_out(now, then, kind, number, item, field, keys, names):
    """Take ``keys`` out of what ``item`` says in ``field``; return the sentence that says so."""
    of_model = names.get(field.related_model, {})
    told = ", ".join(sorted(of_model.get(key, f"n° {key} (n’existe plus)") for key in keys))
    whose = f"{kind.one.capitalize()} n° {number}, {field.verbose_name}" if number else (
        str(field.verbose_name).capitalize()
    )  # fmt: skip
    after = ""
    if field.many_to_many:
        item.values[field.name] -= keys
    elif field.null:
        item.values[field.name] = None
    elif number in now.rows[kind]:
        item.values[field.name] = now.rows[kind][number].values[field.name]
    else:
        del then.rows[kind][number]
        after = f" Sans cela, {kind.one} n° {number} ne revient pas."
    return f"{whose} : {told}.{after}"
