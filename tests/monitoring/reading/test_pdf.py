import pytest

from prefectures.monitoring.reading import pdf
from tests.monitoring.reading.documents import pdf_of


def test_the_text_of_a_pdf_is_its_pages_in_their_order():
    body = pdf_of(["Formulaire de demande", "Nom :"], ["Pièces : 3 photos"], title="Cerfa")
    assert pdf.text_of(body) == ("Cerfa", "Formulaire de demande\nNom :\nPièces : 3 photos")


def test_a_word_that_the_paper_cut_is_whole_again():
    lines = [
        "La demande se fait sur rendez-",
        "vous, au bureau du séjour de la préfec-",
        "ture de X.",
    ]
    assert pdf.text_of(pdf_of(lines))[1] == (
        "La demande se fait sur rendez-vous, au bureau du séjour de la préfecture de X."
    )


def test_a_pdf_without_a_password_to_open_it_is_read_whatever_is_forbidden():
    assert pdf.text_of(pdf_of(["Une notice"], password="", owner="secret"))[1] == "Une notice"


def test_a_pdf_that_asks_for_a_password_has_no_text():
    assert pdf.text_of(pdf_of(["Une notice"], password="secret")) == ("", "")


def test_a_form_that_only_one_program_opens_has_no_text():
    lines = ["Please wait...", "If this message is not replaced, upgrade Adobe Reader."]
    assert pdf.text_of(pdf_of(lines))[1] == ""


def test_of_a_long_pdf_the_first_pages_are_read(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert pdf.text_of(pdf_of(["un"], ["deux"], ["trois"]))[1] == "un\ndeux"


def test_of_long_pages_no_more_is_read_than_is_kept(monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST", 10)
    assert pdf.text_of(pdf_of(["une page"], ["deux pages"], ["trois"]))[1] == "une page\nd"


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", pdf_of(["a"])[:200]])
def test_a_damaged_pdf_is_refused(body):
    with pytest.raises(Exception, match=r".*"):
        pdf.text_of(body)
