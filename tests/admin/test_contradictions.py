import pytest
from django.urls import reverse

from prefectures.models import Procedure

from ..models.making import draft, edited
from .forms import posted
from .test_tracked import address, person

pytestmark = pytest.mark.django_db
REPORT = reverse("admin:prefectures_procedure_contradictions")


def test_it_is_told_beside_its_field_and_tied_to_it(admin_client):
    rodez = Procedure.objects.get(slug="prefecture-de-rodez")
    page = admin_client.get(address(Procedure, "change", rodez.pk))
    field = page.context["adminform"].form["headline"]
    assert "les étapes déposent la demande « sur place »" in field.help_text
    assert 'aria-describedby="id_headline_helptext"' in str(field)
    assert "Cette fiche se contredit sur 1 point" in page.page.text
    assert "#id_headline" in page.page.links


def test_that_of_a_step_is_told_in_its_row(admin_client, beziers):
    page = admin_client.get(address(Procedure, "change", beziers.pk))
    (formset,) = [
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.prefix == "steps"
    ]
    assert "Aucune étape ne dépose" in formset.forms[0]["role"].help_text


def test_it_keeps_nobody_from_saving(admin_client, beziers):
    url = address(Procedure, "change", beziers.pk)
    data = posted(admin_client.get(url), title="Béziers", reason="Vu")
    assert admin_client.post(url, data).status_code == 302


def test_who_may_only_look_reads_it_too(beziers):
    page = person("view_procedure").get(address(Procedure, "change", beziers.pk))
    assert "Aucune étape ne dépose" in page.page.text


def test_a_form_that_comes_back_still_tells_it(admin_client, beziers):
    url = address(Procedure, "change", beziers.pk)
    page = admin_client.post(url, posted(admin_client.get(url), title="", reason="Vu"))
    assert "Aucune étape ne dépose" in page.page.text


def test_the_report_lists_them_all_by_departement(admin_client):
    page = admin_client.get(REPORT)
    for words in ("Ariège (09)", "www.ariège.gouv.fr", "Sous-préfecture de Béziers"):
        assert words in page.page.text


def with_faults_of_every_place():
    """Make a sheet contradict itself in its own fields, in its rows and in two of its texts."""
    draft("Sans étape")
    foix = Procedure.objects.get(slug="prefecture-de-foix")
    link = '<p><a href="https://www.ariège.gouv.fr/">Ici</a></p>'
    edited(foix, headline="En ligne.", conditions=link, editorial_note=link)
    return foix


def test_the_report_leads_to_each_field_in_its_form(admin_client):
    with_faults_of_every_place()
    targets = [link for link in admin_client.get(REPORT).page.links if "/change/#" in link]
    ids = {
        url: admin_client.get(url).page.ids
        for url in {target.partition("#")[0] for target in targets}
    }
    missing = [t for t in targets if t.partition("#")[2] not in ids[t.partition("#")[0]]]
    assert (len(targets), missing) == (13, [])


def test_each_link_of_the_report_says_where_it_leads(admin_client):
    with_faults_of_every_place()
    text = admin_client.get(REPORT).page.text
    for where in ("Lien n° 2 : L’adresse", "Note du Gisti : L’adresse", "Étapes : La fiche n’a"):
        assert where in text


def test_the_summary_and_the_report_lead_to_the_same_fields(admin_client):
    form = address(Procedure, "change", with_faults_of_every_place().pk)
    in_form = [link for link in admin_client.get(form).page.links if link.startswith("#id_")]
    report = admin_client.get(REPORT).page.links
    assert (
        in_form == [link.removeprefix(form) for link in report if link.startswith(f"{form}#")] != []
    )


def test_the_report_keeps_one_kind(admin_client):
    text = admin_client.get(REPORT, {"kind": "accented_host"}).page.text
    assert "Ariège (09)" in text
    assert "Aveyron" not in text


def test_a_report_without_contradictions_says_so(admin_client):
    for sheet in Procedure.objects.all():
        edited(sheet, publication="archived")
    assert "Aucune contradiction" in admin_client.get(REPORT).page.text


def test_the_list_keeps_the_sheets_with_contradictions(admin_client):
    draft("Sans étape")
    url = address(Procedure, "changelist")
    with_some = admin_client.get(url, {"contradictions": "avec"}).context["cl"].result_count
    without = admin_client.get(url, {"contradictions": "sans"}).context["cl"].result_count
    assert (with_some, with_some + without) == (9, 15)


def test_the_list_of_sheets_leads_to_the_report(admin_client):
    assert REPORT in admin_client.get(address(Procedure, "changelist")).page.links
