"""Every word of GISTI's document is in the brochure of its région, section after section."""

import re
import subprocess
from collections import Counter

import pytest

from ..document import letters, read_document, words
from ..reading import follows_in_order

DOCUMENT = read_document()
FOOT = re.compile(r"^\s*État au .*page \d+ sur \d+$", re.MULTILINE)
LIST_MARK = re.compile(r"^[ \t]*(?:[•‣–]|\d+\.)[ \t]+", re.MULTILINE)


@pytest.fixture
def printed(client, tmp_path):
    """The words of the brochure, without what stands at the foot of each page."""
    path = tmp_path / "occitanie.pdf"
    path.write_bytes(client.get("/regions/occitanie.pdf").content)
    # Otherwise it takes the hyphen of a line that ends after "rendez-" for the printer's.
    asked = ["pdftotext", "-layout", path, "-"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return LIST_MARK.sub("", FOOT.sub("", found.replace("\f", "\n")))


def parts(printed):
    """Return the words of each section, from its title to that of the next."""
    read, starts = printed.index("Sommaire"), []
    # Past the contents, which name them all once.
    read = printed.index("Dernière mise à jour", read)
    read = printed.rindex(DOCUMENT.sections[0].title, 0, read)
    for section in DOCUMENT.sections:
        read = printed.index(section.title, read)
        starts.append(read)
        read += len(section.title)
    ends = [*starts[1:], printed.index("Ce qui vaut partout", starts[-1])]
    return [printed[start:end] for start, end in zip(starts, ends, strict=True)]


def test_every_section_of_the_document_is_there_in_its_order(printed):
    for section, part in zip(DOCUMENT.sections, parts(printed), strict=True):
        found, joined = words(part), "".join(part.split())
        # An address may end a line anywhere.
        missing = Counter(section.words) - Counter(found)
        assert [word for word in missing if "".join(word.split()) not in joined] == [], (
            section.title
        )
        for sentence in section.own_sentences:
            assert follows_in_order(sentence, found), sentence
        for address in section.addresses:
            # As people say it, where the words of a link are the address.
            assert re.sub("^(?:mailto:|http://(?=www))", "", address) in joined
        assert letters(section.quotation) in letters(part), section.title


def test_the_offices_of_each_departement_are_named_before_its_first_sheet(printed):
    found = printed
    for section in DOCUMENT.sections:
        if section.introduction:
            before = found[: found.index("\nDernière mise à jour")]
            for office in section.offices:
                assert office.split()[-1] in before
        found = found[found.index("\nDernière mise à jour") + 1 :]


def test_the_cover_names_the_region_and_its_departements_in_order(printed):
    cover = words(printed[: printed.index("Sommaire")])
    assert follows_in_order(words("Région Occitanie"), cover)
    places = [line for line in DOCUMENT.cover.splitlines() if line.startswith("Département")]
    assert len(places) == 13
    assert follows_in_order([word for place in places for word in words(place)], cover)
