"""Who speaks: quotations under their author's name, links, other sheets."""

from django.utils.formats import date_format

from ...models import Link
from ...models.fields import host
from ...text.naming import normalised

# Words that are not the State's are introduced by their author.
QUOTATION_TITLES = {
    Link.Publisher.PREFECTURE: "Ce que dit la préfecture",
    Link.Publisher.STATE_PLATFORM: "Ce que dit une plateforme de l’État",
    Link.Publisher.COURT: "Ce que dit un tribunal",
    Link.Publisher.ASSOCIATION: "Ce que dit une association",
    Link.Publisher.LAWYER: "Ce que dit un cabinet d’avocat·es",
    Link.Publisher.PRESS: "Ce que dit la presse",
    Link.Publisher.OTHER: "Ce que dit une autre source",
}

# Where they have words of their own: "Les modalités sont consultables ici".
TOLD_BY_THEIR_WORDS = {Link.Kind.SOURCE, Link.Kind.OTHER}


def quotation_title(quotation):
    """Return the title of somebody's words: "Ce que dit la presse : Le Progrès"."""
    title = QUOTATION_TITLES[quotation.publisher]
    return f"{title} : {quotation.author}" if quotation.author else title


def quotation_intro(quotation):
    """Return what comes before the words that are quoted."""
    what = "Les modalités sont reproduites ici" if quotation.is_of_the_state else "Ses mots"
    return f"{what}, en partie :" if quotation.is_excerpt else f"{what} :"


def link_text(link):
    """Return the words of a link."""
    kind = link.get_kind_display()
    return link.label or f"{kind[0].upper()}{kind[1:]}"


def link_opens(link):
    """Return what a link opens, beyond its words: "formulaire, PDF, herault.gouv.fr"."""
    kind = link.get_kind_display()
    is_told = normalised(kind.split()[0]) in normalised(link_text(link))
    kind = "" if is_told or link.kind in TOLD_BY_THEIR_WORDS else kind
    said = [kind, "PDF" if link.is_pdf else "", site(link.url)]
    return ", ".join(filter(None, said))


def link_dates(link):
    """Return of when a link is, and in which language."""
    said = []
    if link.printed_date:
        said.append(f"document daté : {link.printed_date}")
    if link.consulted_on:
        said.append(f"consulté le {date_format(link.consulted_on)}")
    if link.language:
        said.append(f"en {link.language}")
    return ", ".join(said)


def site(url):
    """Return the site of an address, as people say it: "herault.gouv.fr"."""
    return host(url).removeprefix("www.")


def referral_answer(referral):
    """Return where the requests of this ground go, in words; "" where that is not known."""
    sheet = referral.sheet
    if sheet is not None and sheet.is_published:
        return ""
    if referral.office is not None:
        return f"Adressez-vous à : {referral.office.name}."
    if referral.sheet_id:
        return "La fiche qui y répondait n’est plus en ligne."
    return "" if referral.note else "Nous ne savons pas où s’adresser."
