"""How much of what a sheet leads to is proposed from a page, and how much that it does not."""

import json
from collections import Counter
from dataclasses import dataclass
from html import escape

from django.conf import settings

from prefectures.models import Contact, Link, Step
from prefectures.proposing import read, read_page
from prefectures.proposing.proposal import key_of
from prefectures.proposing.towns import Towns

KINDS = ("address", "link", "email", "phone", "code")
DOCUMENT = settings.BASE_DIR / "fixtures" / "occitanie.json"


@dataclass
class Score:
    """What is ``right``, ``missing`` and ``wrong``, as sets of (kind, value)."""

    right: set
    missing: set
    wrong: set

    def counts(self):
        return {
            kind: tuple(
                Counter(each for each, _ in found)[kind]
                for found in (self.right, self.missing, self.wrong)
            )
            for kind in KINDS
        }


def score(wanted, reading):
    proposed = leading_of(reading)
    return Score(wanted & proposed, wanted - proposed, proposed - wanted)


def reading_of(source, address, departement):
    page = read_page(source, address)
    return read(page, Towns(page.text, departement))


def leading_of(reading):
    """Return what the proposals that are taken unless one says otherwise lead to."""
    found = set()
    for proposal in reading.proposals:
        if not proposal.is_sure or proposal.values.get("is_for_another_request"):
            continue
        found |= leading(proposal.model, proposal.values)
    return found | ({("link", reading.page.address)} if reading.page.address else set())


def leading(model, values):
    found = set()
    if model in (Step, Link) and values.get("url"):
        found.add(("link", values["url"]))
    if model is Step:
        for name in ("address", "email", "phone"):
            if values.get(name):
                found.add(key_of(name, values[name]))
        found |= {("code", code) for code in values.get("booking_code", "").split(" ou ") if code}
    if model is Contact and values["kind"] in ("email", "phone", "address"):
        found.add(key_of(values["kind"], values["value"]))
    return found


# --- GISTI's document -------------------------------------------------------------------------


def sheets_of_the_document():
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))["sheets"]


def page_of(sheet):
    """Return (source, address): the quotations and the links of a sheet, as a page."""
    source = "".join(quotation["text"] for quotation in sheet["quotations"])
    address = next((link["url"] for link in sheet["links"] if link["kind"] == "source"), "")
    for link in sheet["links"]:
        if link["url"] and (link["kind"] != "source" or link["url"] != address):
            source += f'<p><a href="{escape(link["url"])}">{escape(link["label"])}</a></p>'
    return source, address


def wanted_of(sheet):
    found = set()
    for part, model in (("steps", Step), ("contacts", Contact), ("links", Link)):
        for row in sheet[part]:
            found |= leading(model, row)
    return found


# --- Pages made up ----------------------------------------------------------------------------

PAGES = settings.BASE_DIR / "tests" / "data" / "pages"


def made_up_pages():
    return sorted(path.stem for path in PAGES.glob("*.json"))


def made_up(name):
    """Return (source, what is right of it)."""
    source = next(path for path in PAGES.glob(f"{name}.*") if path.suffix != ".json")
    return source.read_text(encoding="utf-8"), json.loads(
        (PAGES / f"{name}.json").read_text(encoding="utf-8")
    )


def right_of(facts):
    right = facts["right"]
    found = {("link", url) for url in right["links"]} | {("link", facts["address"])}
    found |= {key_of("address", value) for value in right["addresses"]}
    found |= {key_of("email", value) for value in right["emails"]}
    found |= {key_of("phone", value) for value in right["phones"]}
    return found | {("code", value) for value in right["booking_codes"]}
