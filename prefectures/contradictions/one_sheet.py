"""What contradicts itself within one sheet. Pure: it reads a sheet with its parts loaded."""

import re
from collections import defaultdict
from html import unescape

from ..models import Channel, Procedure, Step
from ..models.fields import RichTextField, WebAddressField, host
from ..sheets.kinds import ROWS
from ..text.rich_text import HREF
from .elsewhere import of_elsewhere
from .found import Contradiction
from .voices import of_voices

SENTENCE = re.compile(r"[^.!?\n]+")
NEGATION = re.compile(r"\b(ne|pas|plus|aucune?|refus\w*|jamais)\b|\bn[’']", re.IGNORECASE)
# A sentence that says how to get an appointment does not say how to file.
APPOINTMENT = re.compile(r"rendez-vous|\brdv\b|créneau", re.IGNORECASE)
# Not "en préfecture", which says where a letter goes as well as where one stands in line.
WORDS = {
    Channel.POSTAL: re.compile(
        r"(?<!adresse )(?<!code )\bpostale?\b|\bposte\b|\bcourriers?\b(?! électronique)",
        re.IGNORECASE,
    ),
    Channel.ONLINE: re.compile(
        r"dématérialisée?|en ligne|(?<!site )\binternet|téléservice|"
        r"d[ée]marches?[- ]simplifi[ée]e?s",
        re.IGNORECASE,
    ),
    Channel.EMAIL: re.compile(r"courriel|courriers? électronique|\b(e-?)?mails?\b", re.IGNORECASE),
    Channel.PHONE: re.compile(r"téléphon", re.IGNORECASE),
    Channel.ON_SITE: re.compile(r"sur place|au guichet|se présenter|en personne", re.IGNORECASE),
}

# What somebody who follows a step cannot do without: the field, and what to ask the editor for.
NEEDED = {
    Step.Kind.POST: ("address", "l’adresse de l’enveloppe"),
    Step.Kind.DROP_BOX: ("address", "l’adresse de la boîte aux lettres"),
    Step.Kind.ONLINE_FORM: ("url", "l’adresse du formulaire"),
    Step.Kind.BOOK_ONLINE: ("url", "l’adresse de la page de rendez-vous"),
    Step.Kind.EMAIL: ("email", "l’adresse de courriel"),
    Step.Kind.BOOK_BY_EMAIL: ("email", "l’adresse de courriel"),
    Step.Kind.TELEPHONE: ("phone", "le numéro de téléphone"),
    Step.Kind.BOOK_BY_PHONE: ("phone", "le numéro de téléphone"),
}

# There, nobody files: that nothing says how is no contradiction.
NOTHING_TO_FILE = {
    Procedure.Situation.SUSPENDED,
    Procedure.Situation.NOT_OFFERED,
    Procedure.Situation.NOT_APPLICABLE,
    Procedure.Situation.NOT_STATED,
    Procedure.Situation.UNKNOWN,
}


def _fields(kind, of_type):
    return [field.name for field in kind.model._meta.fields if isinstance(field, of_type)]


# Where rows hold web addresses, and rich texts: {kind: names of fields}.
ADDRESSES = {kind: names for kind in ROWS if (names := _fields(kind, WebAddressField))}
TEXTS = {kind: names for kind in ROWS if (names := _fields(kind, RichTextField))}


def within(sheet):
    """Return the ``Contradiction`` list of one sheet, taken by itself."""
    steps, links = list(sheet.steps.all()), list(sheet.links.all())
    return [
        *_of_steps(sheet, steps),
        *_of_headline(sheet, steps),
        *_of_refusals(sheet, steps),
        *_of_validity(sheet),
        *_of_missing(steps),
        *_of_hosts(sheet),
        *_of_roles(steps, links),
        *of_voices(sheet),
        *of_elsewhere(sheet),
    ]


def _of_steps(sheet, steps):
    if sheet.situation in NOTHING_TO_FILE:
        return
    if not steps:
        yield Contradiction(
            "no_step",
            "",
            "La fiche n’a aucune étape : elle ne dit pas quoi faire.",
            "Ajoutez les étapes ou, si rien ne se dépose ici, changez la situation.",
            "steps",
            compared=(sheet.situation,),
        )
    elif not any(step.files_the_request for step in steps):
        yield Contradiction(
            "no_filing_step",
            "role",
            "Aucune étape ne dépose la demande.",
            "Dites laquelle la dépose (« ce qu’elle obtient »), ou ajoutez-la ; si la préfecture "
            "ne le dit pas, choisissez la situation « non précisée ».",
            "steps",
            steps[-1].number,
            (sheet.situation, *_ways(steps)),
        )


def mentioned(headline):
    """Return the channels announced for filing, and those in sentences about an appointment.

    A sentence that denies announces nothing.
    """
    filing, booking = set(), set()
    for sentence in SENTENCE.findall(headline):
        if not NEGATION.search(sentence):
            said = booking if APPOINTMENT.search(sentence) else filing
            said |= {channel for channel, words in WORDS.items() if words.search(sentence)}
    return filing, booking


def _of_headline(sheet, steps):
    acting = [
        step
        for step in steps
        if step.role in (Step.Role.FILES, Step.Role.APPOINTMENT)
        and step.kind != Step.Kind.WAIT_FOR_SUMMONS
    ]
    filing = {step.channel for step in acting if step.files_the_request}
    used = {step.channel for step in steps}
    # Which way an "other" action goes is told in its own words only.
    if not filing or any(step.channel is None for step in acting):
        return
    announced, booking = mentioned(sheet.headline)
    # Several ways at once may be those of filing and of the appointment, in one breath.
    strange = announced - used if announced & filing else announced
    if strange:
        what = f"mais les étapes déposent la demande « {_names(filing)} »"
    else:
        strange = booking - used
        what = "qu’aucune étape ne prévoit"
    if strange:
        yield Contradiction(
            "headline",
            "headline",
            f"La phrase annonce « {_names(strange)} », {what}.",
            "Corrigez la phrase, ou les étapes : le titre de la page est tiré des étapes.",
            compared=(sheet.headline, *_ways(steps)),
        )


def _ways(steps):
    """Return what each step does and obtains, in order."""
    return [(step.kind, step.role) for step in steps]


def _of_refusals(sheet, steps):
    refused = set(sheet.refused_channels)
    for step in steps:
        # A préfecture that takes no request by e-mail may answer questions there.
        # What a court imposes, it refuses of itself.
        if step.channel in refused and step.role != Step.Role.INFORMATION and not step.is_owed:
            yield Contradiction(
                "refused_step",
                "kind",
                f"La fiche dit que la préfecture refuse cette voie : « {step.channel.label} ».",
                "Corrigez l’étape, ou les voies refusées.",
                "steps",
                step.number,
                (step.kind, step.role, str(step.channel)),
            )
    filing, booking = mentioned(sheet.headline)
    strange = (filing | booking) & refused
    if strange:
        yield Contradiction(
            "headline_refused",
            "headline",
            f"La phrase annonce « {_names(strange)} », que la fiche dit refusée par la préfecture.",
            "Corrigez la phrase, ou les voies refusées.",
            compared=(sheet.headline, *sorted(refused)),
        )


def _of_validity(sheet):
    if sheet.is_published and sheet.has_ended:
        yield Contradiction(
            "ended",
            "valid_until",
            f"La fiche est publiée, et ne vaut plus depuis le {sheet.valid_until:%d/%m/%Y}.",
            "Regardez la page de la préfecture : mettez la fiche à jour, ou archivez-la.",
            compared=(sheet.valid_until.isoformat(),),
        )


def _names(channels):
    return ", ".join(str(channel.label) for channel in Channel if channel in channels)


def _of_missing(steps):
    for step in steps:
        field, what = NEEDED.get(step.kind, ("", ""))
        if field and not getattr(step, field):
            yield Contradiction(
                "missing",
                field,
                f"Il manque {what} : personne ne peut suivre cette étape.",
                "Cherchez-la sur la page de la préfecture ; si elle ne la donne pas, dites-le dans "
                "les consignes.",
                "steps",
                step.number,
                (step.kind,),
            )


def _of_hosts(sheet):
    places = [
        (name, getattr(row, name), kind.part, row.number)
        for kind, names in ADDRESSES.items()
        for row in getattr(sheet, kind.part).all()
        for name in names
    ]
    texts = [(f.name, getattr(sheet, f.name), "", 0) for f in Procedure.rich_text_fields()]
    texts += [
        (name, getattr(row, name), kind.part, row.number)
        for kind, names in TEXTS.items()
        for row in getattr(sheet, kind.part).all()
        for name in names
    ]
    for name, html, part, number in texts:
        places += [(name, unescape(href), part, number) for href in HREF.findall(html)]
    for field, url, part, number in places:
        if not host(url).isascii():
            yield Contradiction(
                "accented_host",
                field,
                f"L’adresse du site porte un accent : {host(url)}.",
                "Les sites de l’État n’en ont pas : ouvrez la page, et recopiez l’adresse du "
                "navigateur.",
                part,
                number,
                (url,),
            )


def _of_roles(steps, links):
    for part, rows, field in (("steps", steps, "role"), ("links", links, "kind")):
        by_url = defaultdict(list)
        for row in rows:
            if row.url:
                by_url[row.url].append(row)
        for url, same in by_url.items():
            uses = {getattr(row, field) for row in same}
            if len(uses) > 1:
                names = ", ".join(f"n° {row.number}" for row in same)
                yield Contradiction(
                    "two_roles",
                    "url",
                    f"La même adresse sert à deux choses ({names}) : {url}",
                    "L’une des deux est sans doute une erreur de copie : ouvrez la page.",
                    part,
                    same[-1].number,
                    (url, *((row.number, getattr(row, field)) for row in same)),
                )
