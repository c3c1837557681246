"""Searching the list of sheets without reading all their texts: they are kept normalised."""

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import StrIndex

from ...models import Departement, Prefecture, Procedure, SearchedText
from ...models.derived import digest_of_code, keep
from ...sheets.kinds import row_kind
from ...text.naming import normalised
from ..finding import searched

# What makes the text that is searched.
CODE = ("admin/finding.py", "text/naming.py")


def found_by_texts(screen, request, queryset, search_term):
    """Find what ``FoundByWords`` does, by the same ``search_fields``, in the database.

    The names of départements and offices are as many whatever the number of sheets, and are read.
    """
    if not search_term.strip():
        return queryset, False
    words = normalised(search_term).split()
    if not words:
        return queryset.none(), False
    departements = {item: normalised(item.code) for item in Departement.objects.all()}
    named = [item for item, code in departements.items() if code == " ".join(words)]
    if named and queryset.filter(departement__in=named).exists():
        return queryset.filter(departement__in=named), False
    names = {item: f"{code}\n{searched(item, ['name'])}" for item, code in departements.items()}
    offices = {item: searched(item, ["name", "city"]) for item in Prefecture.objects.all()}
    made = _made_anew([path for path in screen.search_fields if _is_own(path)])
    for word in words:
        queryset = queryset.filter(
            Exists(_texts().annotate(at=StrIndex("text", Value(word))).filter(at__gt=0))
            | Q(pk__in=[row.procedure_id for row in made if word in row.text])
            | Q(departement__in=[item for item, name in names.items() if word in name])
            | Q(pk__in=_sheets_of([item for item, name in offices.items() if word in name]))
        )
    return queryset, False


def _made_anew(own):
    """Return the texts, of the fields ``own``, of sheets that changed since they were kept."""
    related = {path.partition("__")[0] for path in own if "__" in path}
    fields = set(own) - {path for path in own if "__" in path}
    changed = Procedure.objects.order_by().filter(~Exists(_texts())).prefetch_related(*related)
    made = [
        SearchedText(
            procedure=sheet,
            version=sheet.version,
            code=digest_of_code(*CODE),
            text=searched(sheet, own),
        )
        for sheet in changed.only("version", *fields)
    ]
    keep(made)
    return made


def _is_own(path):
    """Whether it is a text of the sheet itself, or of one of its rows."""
    field = Procedure._meta.get_field(path.lstrip("=").partition("__")[0])
    return not field.is_relation or (
        field.one_to_many and row_kind(field.related_model) is not None
    )


def _texts():
    """Return what is kept of the sheet that is asked for, if it is of its version."""
    own = {"procedure": OuterRef("pk"), "version": OuterRef("version")}
    return SearchedText.objects.filter(code=digest_of_code(*CODE), **own)


def _sheets_of(offices):
    through = Procedure.offices.through.objects
    return through.order_by().filter(prefecture__in=offices).values("procedure")
