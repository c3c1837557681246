"""GISTI's document (tests/data/occitanie.md): its cover, its fourteen sections, their words."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parent.parent / "data" / "occitanie.md"

# Repeated at the head of each page; once over four lines.
PAGE_HEADER = re.compile(
    r"^(?:# )?\*\*gisti,\*\* groupe\s+d'information et\s+de soutien des\s+immigré[-·]e[-·]s$",
    re.MULTILINE,
)
QUOTATION_BEGINS = "Les modalités sont reproduites ici :"
# GISTI's own sentences after a quotation: what stands between is the préfecture's.
QUOTATION_ENDS = re.compile(
    r"^(?:Le formulaire est téléchargeable ici"
    r"|L'imprimé de demande de titre de séjour est téléchargeable ici"
    r"|La notice concernant les étrangers en situation irrégulière est téléchargeable ici)",
    re.MULTILINE,
)
# "- ", "- 1. ", "  - ": a browser shows them for <li>.
LIST_MARK = re.compile(r"^[ \t]*(?:- )?(?:\d+\. )?", re.MULTILINE)
# <address>, or [words](address) where the address may hold "\(" or "(2)", the words "\\_".
LINK = re.compile(r"<(https?://[^>]*)>|\[([^\]]*)\]\(((?:\\.|\([^()]*\)|[^()\\])*)\)")
ESCAPED = re.compile(r"\\+([_()])")
# "Le formulaire est téléchargeable ici : <address>", on the same line or the next.
INTRODUCED = re.compile(rf"^(?P<sentence>.+?) :\s+(?P<link>{LINK.pattern})", re.MULTILINE)
PUNCTUATION = " .,;:!?()[]«»\"'/>-"


def normalised_spelling(text):
    """Even out what the document itself spells in two ways, and nothing else."""
    text = re.sub("immigré-e-s", "immigré·e·s", text)
    return re.sub("[–—‑]", "-", text.replace("’", "'"))


def words(text):
    """Return the words of ``text`` in order, case and accents kept, without punctuation."""
    stripped = (word.strip(PUNCTUATION) for word in normalised_spelling(text).split())
    return [word for word in stripped if word]


def letters(text):
    """Return every sign of ``text`` but its spaces: what a quotation must keep exactly."""
    return "".join(normalised_spelling(text).split())


@dataclass
class Section:
    """One sheet of the document."""

    departement: str
    title: str
    introduction: str
    offices: list
    own: str
    quotation: str
    addresses: list
    introduced: list

    @property
    def own_sentences(self):
        """GISTI's sentences, as lists of words: one for each line, without its address."""
        return [sentence for line in self.own.splitlines() if (sentence := words(line))]

    @property
    def words(self):
        return words(self.own) + words(self.quotation)


@dataclass
class Document:
    cover: str
    sections: list
    # Everything but the page headers: to hold that the reading lets nothing fall.
    whole: str


def read_document():
    source = DOCUMENT.read_text(encoding="utf-8").strip()
    _, cover, *pages = PAGE_HEADER.split(source)
    bodies = []
    for page in pages:
        if "Dernière mise à jour" in page:
            bodies.append(page)
        else:
            # The section goes on over the page.
            bodies[-1] += page
    sections = []
    for body in bodies:
        sections.append(_section(body, sections[-1].departement if sections else ""))
    return Document(
        cover=_plain(PAGE_HEADER.search(source).group() + cover),
        sections=sections,
        whole=_plain("".join(pages), with_addresses=True),
    )


def _section(body, departement_before):
    introduction, title, rest = _parts(body)
    code = re.search(r"Département .*\((\w+)\)", introduction)
    offices = re.sub(r"Sous-préfectures? : ", "", introduction).splitlines()[2:]
    before, _, after = rest.partition(QUOTATION_BEGINS)
    end = QUOTATION_ENDS.search(after)
    quotation, after = (after[: end.start()], after[end.start() :]) if end else (after, "")
    return Section(
        departement=code.group(1) if code else departement_before,
        title=title,
        introduction=introduction,
        offices=[name.strip() for line in offices for name in line.split(",") if name.strip()],
        own="\n".join([title, _plain(before), QUOTATION_BEGINS, _plain(after)]),
        quotation=_plain(quotation, with_addresses=True),
        addresses=[address for _, address in _links(body)],
        introduced=[
            (words(found["sentence"]), address)
            for part in (before, after)
            for found in INTRODUCED.finditer(part)
            for _, address in _links(found["link"])
        ],
    )


def _parts(body):
    """Return what stands before the title, the title, and the rest."""
    if "\n## " in body:
        introduction, _, rest = body.partition("\n## ")
    else:
        introduction, rest = "", body.strip()
    title, _, rest = rest.partition("\n")
    return introduction.strip(), title, rest


def _links(markdown):
    """Return what ``markdown`` links to, as (visible words, address) in order."""
    return [
        (bare or ESCAPED.sub(r"\1", shown), bare or ESCAPED.sub(r"\1", target))
        for bare, shown, target in LINK.findall(markdown)
    ]


def _plain(markdown, *, with_addresses=False):
    """Return the visible text. GISTI's own addresses are compared apart."""

    def visible(match):
        ((shown, _),) = _links(match.group())
        return shown if with_addresses or not shown.startswith("http") else ""

    text = LINK.sub(visible, markdown)
    text = re.sub(r"^#+ ", "", text.replace("*", ""), flags=re.MULTILINE)
    return LIST_MARK.sub("", text)
