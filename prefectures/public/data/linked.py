"""What pages say to programs, in the words of schema.org (JSON-LD), and no more than is known."""

import json

from django.utils.safestring import mark_safe

from ...models.fields import is_web_address
from ..offices import telling
from .files import FORMATS
from .rights import OPEN_LICENCE_ADDRESS, texts_licence

# What would end the script, or begin a comment in it.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
CONTEXT = "https://schema.org"
WHAT_IS_ASKED = "Admission exceptionnelle au séjour"
PUBLISHER = {"@type": "NGO", "name": "Gisti", "url": "https://www.gisti.org/"}


def script(said):
    """Return what a page holds of what is ``said``, nothing of nothing."""
    if not said:
        return ""
    text = json.dumps({"@context": CONTEXT, **said}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPED)}</script>')


def of_offices(offices):
    """Say of the offices of a département where they are and how they are reached."""
    return {"@graph": [_office(office) for office in offices]} if offices else {}


def _office(office):
    found = {
        "@type": "GovernmentOffice",
        "name": office.name,
        "address": ", ".join(office.address.splitlines()),
        "telephone": office.phone,
        "email": office.email,
        "url": office.website if is_web_address(office.website) else "",
    }
    return {name: value for name, value in found.items() if value}


def of_sheet(sheet, address):
    """Say of a sheet what it is for, where, and with whom one files; nothing where one cannot.

    ``address`` is the whole one of its page.
    """
    if not telling([sheet]) or sheet.is_closed:
        return {}
    offices = [{"@type": "GovernmentOffice", "name": each.name} for each in sheet.receiving_offices]
    return {
        "@type": "GovernmentService",
        "name": sheet.title,
        "serviceType": WHAT_IS_ASKED,
        "url": address,
        "areaServed": {"@type": "AdministrativeArea", "name": sheet.departement.name},
    } | ({"provider": offices} if offices else {})


def of_data(files, whole, address, day):
    """Say of the data what they are, and each of their files; ``whole`` makes addresses whole."""
    found = {
        "@type": "Dataset",
        "name": "Guide du Gisti : comment déposer une demande d’admission exceptionnelle au séjour",
        "description": "Préfecture par préfecture, comment on dépose une demande d’admission "
        "exceptionnelle au séjour : fiches, étapes, guichets, liens, citations, changements.",
        "url": whole(address),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "creator": PUBLISHER,
        "license": [licence for licence in (OPEN_LICENCE_ADDRESS, texts_licence()) if licence],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": whole(files.address(name)),
                "encodingFormat": FORMATS[name.rpartition(".")[2]].content_type.partition(";")[0],
            }
            for name in files.names
        ],
    }
    return found | ({"dateModified": day.isoformat()} if day else {})
