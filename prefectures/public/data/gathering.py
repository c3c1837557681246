"""The rows of each table, as readers see them now: of all of France, or of some départements.

Sheets are their published documents, and nothing else; what stands around them is what the pages
show. What is empty is left out of a row.
"""

from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone

from ...importexport.open_data import tables as names
from ...models import (
    Departement,
    GeneralText,
    GlossaryTerm,
    Ground,
    HelpPlace,
    Prefecture,
    PublishedDocument,
    Region,
)
from ...published import announced
from ...published.current import published_in
from ...published.document import CURRENT
from ...sheets.kinds import ROWS

PARTS = {kind.name: kind.part for kind in ROWS}
# What a sheet names, and by which of its values it is known.
KNOWN_BY = {
    "offices": "key",
    "offices_not_receiving": "key",
    "grounds": "slug",
    "arrondissements": "code",
    "communes_included": "code",
    "communes_excluded": "code",
}


class Gathered:
    """Rows and dates of the tables, asked of the database when they are wanted, once.

    ``departements`` are the codes of those asked for, None for all; ``whole`` makes an address of
    the site whole.
    """

    def __init__(self, departements, whole):
        self.departements, self.whole = departements, whole

    def rows(self, table):
        """Yield the rows of a ``Table``, {name: value}."""
        if table.name in PARTS:
            return self._rows_of_sheets(table.name)
        return ROWS_OF[table.name](self)

    def day(self, table):
        """Return the day on which what a table says last changed, in Paris; None of nothing."""
        if table.name in (names.SHEETS, names.CHANGES, *PARTS):
            at = self._last_change
        else:
            at = table.model.history.aggregate(last=Max("history_date"))["last"]
        return timezone.localdate(at) if at else None

    @cached_property
    def _online(self):
        return list(published_in(self.departements))

    @cached_property
    def _documents(self):
        """Every document of the sheets that stand, or once stood, in these départements."""
        rows = PublishedDocument.objects.order_by("pk")
        if self.departements is not None:
            there = PublishedDocument.objects.order_by().filter(departement__in=self.departements)
            rows = rows.filter(procedure__in=there.values("procedure"))
        return rows

    @cached_property
    def _last_change(self):
        return self._documents.order_by("-pk").values_list("at", flat=True).first()

    def _in_departements(self, rows, name="departement"):
        if self.departements is None:
            return rows
        return rows.filter(**{f"{name}__in": self.departements})

    def _page(self, item):
        return self.whole(item.get_absolute_url())

    # --- Places -------------------------------------------------------------------------------

    def _regions(self):
        for region in Region.objects.order_by("code"):
            yield {**CURRENT.said(region, names.PLACE), "page": self._page(region)}

    def _of_departements(self):
        for departement in self._in_departements(Departement.objects.order_by("code"), "pk"):
            row = CURRENT.said(departement, names.PLACE) | _given(region=departement.region_id)
            yield row | {"page": self._page(departement)}

    def _offices(self):
        rows = Prefecture.objects.select_related("parent").order_by("departement_id", "slug")
        own = [name for name in names.OFFICE if name not in ("departement", "seat_of", "parent")]
        for office in self._in_departements(rows):
            yield {
                "key": office.key,
                "departement": office.departement_id,
                **CURRENT.said(office, own),
                **_given(seat_of=office.seat_of_id, parent=office.parent and office.parent.key),
                "name": office.name,
            }

    # --- Sheets -------------------------------------------------------------------------------

    def _sheets(self):
        for online in self._online:
            content, row = online.content, online.row
            place, day = content["departement"], timezone.localdate(row.at)
            address = reverse("procedure", args=[place["slug"], content["slug"]])
            yield {
                "key": _key(content),
                "departement": place["code"],
                **{name: content[name] for name in names.OF_A_SHEET if name in content},
                **_codes(content),
                **_given(last_verified_on=content.get("last_verified_on")),
                "online_since": day.isoformat(),
                "page": self.whole(address),
                "document": self.whole(f"{address}au/{day}/document.json?v={row.changeset_id}"),
                "sha256": row.sha256,
            }

    def _rows_of_sheets(self, name):
        part = PARTS[name]
        columns = CURRENT.ROWS[part]
        for online in self._online:
            own = {"sheet_key": _key(online.content)}
            for row in online.content.get(part, ()):
                yield own | {name: row[name] for name in columns if name in row} | _led_to(row)

    # --- What stands around them --------------------------------------------------------------

    def _grounds(self):
        return _all(Ground, names.GROUND, ["position", "slug"])

    def _texts(self):
        return _all(GeneralText, names.GENERAL_TEXT, ["position", "slug"])

    def _terms(self):
        return _all(GlossaryTerm, names.TERM, ["slug"])

    def _help_places(self):
        """Those that help in these départements, or everywhere."""
        own = [name for name in names.HELP_PLACE if name != "departements"]
        rows = HelpPlace.objects.annotate(code=F("departements")).order_by("slug", "code")
        for place, of_it in groupby(rows, key=attrgetter("slug")):
            first, *others = of_it
            codes = [each.code for each in (first, *others) if each.code]
            if self.departements is None or not codes or {*codes} & {*self.departements}:
                yield {"slug": place, **CURRENT.said(first, own)} | _given(departements=codes)

    def _changes(self):
        """What is announced to readers: all but minor changes, newest last."""
        columns = ("procedure", "at", "changeset", "departement", "slug", "title", "sha256")
        told = ("changeset__is_minor", "changeset__public_reason")
        page, before = self.whole(reverse("changes")), {}
        for (
            sheet,
            at,
            number,
            code,
            slug,
            title,
            sha256,
            is_minor,
            reason,
        ) in self._documents.values_list(*columns, *told):
            kind = (
                announced.WITHDRAWN
                if not sha256
                else announced.CHANGED
                if before.get(sheet)
                else announced.NEW
            )
            before[sheet] = sha256
            if is_minor or not (self.departements is None or code in self.departements):
                continue
            yield {
                "at": timezone.localtime(at).isoformat(timespec="seconds"),
                "changeset": number,
                "sheet_key": f"{code}/{slug}",
                "departement": code,
                "title": title,
                "kind": kind,
                **_given(public_reason=reason),
                "page": f"{page}?v={number}",
            }


def newest_day():
    """Return the day on which readers last saw a sheet change, in Paris; None before the first."""
    at = PublishedDocument.objects.order_by("-pk").values_list("at", flat=True).first()
    return timezone.localdate(at) if at else None


def _all(model, columns, order):
    for item in model.objects.order_by(*order):
        yield CURRENT.said(item, columns)


def _key(content):
    return f"{content['departement']['code']}/{content['slug']}"


def _codes(content):
    """Return by their codes what a sheet names."""
    return {
        name: [item[known_by] for item in content[name]]
        for name, known_by in KNOWN_BY.items()
        if name in content
    }


def _led_to(row):
    """Return by their codes what a row of a sheet leads to."""
    sheet = row.get("sheet")
    return _given(
        source=row.get("source"),
        link=row.get("link"),
        office=row["office"]["key"] if "office" in row else None,
        ground=row["ground"]["slug"] if "ground" in row else None,
        sheet=f"{sheet['departement']['code']}/{sheet['slug']}" if sheet else None,
        is_gone=row.get("is_gone"),
    )


def _given(**values):
    return {name: value for name, value in values.items() if value}


ROWS_OF = {
    names.REGIONS: Gathered._regions,
    names.DEPARTEMENTS: Gathered._of_departements,
    names.OFFICES: Gathered._offices,
    names.SHEETS: Gathered._sheets,
    names.GROUNDS: Gathered._grounds,
    names.HELP_PLACES: Gathered._help_places,
    names.TEXTS: Gathered._texts,
    names.TERMS: Gathered._terms,
    names.CHANGES: Gathered._changes,
}
