"""The addresses that published sheets give, and what became of each: what needs somebody first."""

from collections import Counter, defaultdict
from itertools import groupby
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from ...models import GivenAddress, Procedure, Verdict, WatchedAddress
from ...models.fields import is_web_address
from ..paging import page_of_many

ADDRESSES_A_PAGE = 50
# More sheets of one address are folded.
SHEETS_AT_ONCE = 5
LONGEST_SEARCH = 200

# Of what was tried never, or seen on one day alone: no verdict has these names.
UNTRIED, UNSURE = "pas-visitee", "a-confirmer"
# What each means, in the order in which somebody should look at them.
MEANS = {
    Verdict.GONE: "Le site dit, deux jours de suite au moins, que la page n’y est plus : cherchez "
    "où elle est passée, ou retirez le lien.",
    Verdict.OTHER_KIND: "C’était une page et c’est un PDF, ou l’inverse : regardez si c’est "
    "toujours le bon document.",
    Verdict.CERTIFICATE: "Le certificat du site est périmé ou ne va pas avec son nom : le "
    "navigateur fait peur à qui suit ce lien.",
    Verdict.MOVED: "Le site conduit à une autre adresse : remplacez l’ancienne, qui cessera un "
    "jour de mener quelque part.",
    Verdict.OUT: "Le site ne répond pas, ou dit qu’il est en panne : rien à faire, sauf si cela "
    "dure plus d’une semaine.",
    Verdict.REFUSES_ROBOTS: "Le site ne laisse pas entrer les programmes : la page marche sans "
    "doute dans un navigateur, essayez-la.",
    Verdict.NOT_ASKED: "Une adresse que le site ne visite jamais, par prudence : essayez-la "
    "vous-même.",
    UNTRIED: "Elle est nouvelle : elle sera visitée au prochain passage de la surveillance.",
    Verdict.WORKS: "La page a répondu.",
}
WORDS = {
    **dict(Verdict.choices),
    UNTRIED: "pas encore visitée",
    UNSURE: "à confirmer un autre jour",
}
IS_UNSURE = ~Q(seen=F("verdict"))


def addresses_view(screen, request):
    """List them by verdict; ``?verdict=`` keeps one, ``?q=`` those that hold some words."""
    if not screen.has_view_permission(request):
        raise PermissionDenied
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in WORDS else ""
    words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
    found = _with_words(words)
    counts = _counts(found)
    kept = found.filter(_is(verdict)) if verdict else found
    page = page_of_many(_by_verdict(kept), request.GET.get("page"), ADDRESSES_A_PAGE)
    addresses = list(page)
    sheets = _sheets_of(addresses)
    asked = {name: value for name, value in (("verdict", verdict), ("q", words)) if value}
    return screen.page(
        request,
        "addresses",
        "Liens des fiches",
        verdict=verdict,
        words=words,
        verdicts=[
            (name, WORDS[name], counts[name], f"?{urlencode({**asked, 'verdict': name})}")
            for name in (*MEANS, UNSURE)
            if counts[name]
        ],
        all_of_them=f"?{urlencode({'q': words})}" if words else "?",
        total=counts["all"],
        means=[(WORDS[name], sentence) for name, sentence in MEANS.items()],
        groups=[
            (WORDS[name], [_told(address, sheets[address.pk]) for address in group])
            for name, group in groupby(addresses, key=lambda address: address.verdict or UNTRIED)
        ],
        page=page,
        query=f"{urlencode(asked)}&" if asked else "",
        may_replace=screen.has_change_permission(request),
    )


def _with_words(words):
    found = WatchedAddress.objects.in_use()
    for word in words.split():
        found = found.filter(url__icontains=word)
    return found


def _is(name):
    if name == UNSURE:
        return IS_UNSURE
    return Q(verdict="" if name == UNTRIED else name)


def _counts(found):
    """Return how many there are of each verdict, of those to be confirmed, and of all."""
    counts = Counter()
    rows = found.order_by().values_list("verdict").annotate(Count("pk"))
    for verdict, count, unsure in rows.annotate(unsure=Count("pk", filter=IS_UNSURE)):
        counts += Counter({verdict or UNTRIED: count, UNSURE: unsure, "all": count})
    return counts


def _by_verdict(found):
    ranks = [When(_is(name), then=Value(rank)) for rank, name in enumerate(MEANS)]
    rank = Case(*ranks, output_field=IntegerField())
    # Among those that work, what has to be confirmed comes first.
    is_sure = Case(When(IS_UNSURE, then=0), default=1)
    return found.order_by(rank, is_sure, "host", "pk")


def _sheets_of(addresses):
    """Return {key of the address: the published sheets that give it}."""
    rows = GivenAddress.objects.filter(
        address__in=[address.pk for address in addresses],
        is_given=True,
        procedure__publication=Procedure.Publication.PUBLISHED,
    )
    rows = rows.select_related("procedure__departement").order_by(
        *(f"procedure__{name}" for name in Procedure._meta.ordering), "pk"
    )
    rows = rows.only("address", "procedure__title", "procedure__departement__name")
    found = defaultdict(list)
    for row in rows:
        found[row.address_id].append(row.procedure)
    return found


def _told(address, sheets):
    """Return (address, where it leads now, its first sheets, the others, how many they are)."""
    # A site says where: it may say anything.
    is_shown = address.verdict != Verdict.WORKS and is_web_address(address.moved_to)
    moved_to = address.moved_to if is_shown else ""
    return address, moved_to, sheets[:SHEETS_AT_ONCE], sheets[SHEETS_AT_ONCE:], len(sheets)


URLS = [("liens/", addresses_view, "addresses")]
