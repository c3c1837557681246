"""Pasting a préfecture's page as a browser would, and sending back what is shown."""

from django.urls import reverse

from prefectures.models import Procedure

from .forms import errors, posted

NEW = reverse("admin:prefectures_procedure_from_page")
ADD = reverse("admin:prefectures_procedure_add")
GERS = "https://www.gers.gouv.fr/etrangers"
POST_IN_GERS = (
    "<h2>Admission exceptionnelle au séjour</h2><p>Envoyez votre dossier par courrier recommandé à "
    "l’adresse suivante :</p><p>Préfecture du Gers<br>3 place du Préfet<br>32000 Auch</p>"
    '<p><a href="/f.pdf">Le formulaire</a></p><p>Questions : aes@gers.gouv.fr</p>'
)


def pasted(html=POST_IN_GERS, address=GERS, **changes):
    return {"html": html, "address": address, "departement": "", "text": "", **changes}


def review(client, data=None, url=NEW):
    response = client.post(url, data or pasted())
    assert response.status_code == 200
    return response


def taken(response, **changes):
    """Return the data of the page that ``response`` shows, as it stands, with ``changes``."""
    shown = response.context["review"]
    data = {
        "address": shown.page.address,
        "html": shown.page.quotation,
        "departement": shown.departement.pk,
        "_fill": "1",
    }
    for form in shown.forms:
        data |= {field.html_name: field.value() for field in form if field.value()}
    return {name: value for name, value in (data | changes).items() if value is not None}


def filled_form(client, **changes):
    """Return the form of a new sheet that all that is proposed is put into."""
    return client.post(NEW, taken(review(client), **changes))


def saved(client, form, **changes):
    response = client.post(ADD, posted(form, **changes))
    assert response.status_code == 302, errors(response)
    return Procedure.objects.latest("pk")
