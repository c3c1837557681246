"""Who speaks: quotations under their author's name, links, other sheets."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from ...models import Link
from ...models.fields import host
from ...text.naming import normalised

# Words that are not the State's are introduced by their author.
QUOTATION_TITLES = {
    Link.Publisher.PREFECTURE: noop("Ce que dit la préfecture"),
    Link.Publisher.STATE_PLATFORM: noop("Ce que dit une plateforme de l’État"),
    Link.Publisher.COURT: noop("Ce que dit un tribunal"),
    Link.Publisher.ASSOCIATION: noop("Ce que dit une association"),
    Link.Publisher.LAWYER: noop("Ce que dit un cabinet d’avocat·es"),
    Link.Publisher.PRESS: noop("Ce que dit la presse"),
    Link.Publisher.OTHER: noop("Ce que dit une autre source"),
}

# Before words that are whole, and before a part of them.
INTRO_OF_THE_STATE = (
    noop("Les modalités sont reproduites ici :"),
    noop("Les modalités sont reproduites ici, en partie :"),
)
INTRO = noop("Ses mots :"), noop("Ses mots, en partie :")

# Where they have words of their own: "Les modalités sont consultables ici".
TOLD_BY_THEIR_WORDS = {Link.Kind.SOURCE, Link.Kind.OTHER}


def quotation_title(quotation):
    """Return the title of somebody's words: "Ce que dit la presse : Le Progrès"."""
    title = _(QUOTATION_TITLES[quotation.publisher])
    if not quotation.author:
        return title
    return _("%(title)s : %(author)s") % {"title": title, "author": quotation.author}


def quotation_intro(quotation):
    """Return what comes before the words that are quoted."""
    if quotation.is_of_the_state:
        whole, part = INTRO_OF_THE_STATE
    else:
        whole, part = INTRO
    return _(part if quotation.is_excerpt else whole)


def link_text(link):
    """Return the words of a link."""
    kind = _(link.get_kind_display())
    return link.label or f"{kind[0].upper()}{kind[1:]}"


def link_opens(link):
    """Return what a link opens, beyond its words: "formulaire, PDF, herault.gouv.fr"."""
    kind = link.get_kind_display()
    is_told = not link.label or normalised(kind.split()[0]) in normalised(link.label)
    kind = "" if is_told or link.kind in TOLD_BY_THEIR_WORDS else _(kind)
    said = [kind, "PDF" if link.is_pdf else "", site(link.url)]
    return ", ".join(filter(None, said))


def link_dates(link):
    """Return of when a link is, and in which language."""
    said = []
    if link.printed_date:
        said.append(_("document daté : %(date)s") % {"date": link.printed_date})
    if link.consulted_on:
        said.append(_("consulté le %(day)s") % {"day": date_format(link.consulted_on)})
    if link.language:
        said.append(_("en %(language)s") % {"language": link.language})
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
        return _("Adressez-vous à : %(office)s.") % {"office": referral.office.name}
    if referral.sheet_id:
        return _("La fiche qui y répondait n’est plus en ligne.")
    return "" if referral.note else _("Nous ne savons pas où s’adresser.")
