import pytest

from prefectures.monitoring.page_state import PageState
from prefectures.monitoring.reading.html import page_of
from prefectures.monitoring.reading.state import state_of
from tests.monitoring.page_pairs.content import Page
from tests.monitoring.page_pairs.looks import LOOKS, html_of

MENU = (
    "<header><nav><ul>"
    + "<li><a href='/a'>Démarches administratives</a>" * 80
    + "</ul></nav></header>"
)
FIELD = "<form><input type=text name=nom><textarea></textarea>{}</form>"


def state(html):
    return state_of(page_of(html.encode()))


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_is_a_page(look):
    assert state(html_of(look, Page())) == PageState.TEXT


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", PageState.EMPTY),
        (f"{MENU}<main></main>", PageState.EMPTY),
        ("<div id=root></div><script>app()</script>", PageState.EMPTY),
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>",
         PageState.CAPTCHA),
        ("<p>Vérification que vous n’êtes pas un robot</p>", PageState.CAPTCHA),
        ("<form><div class=g-recaptcha></div></form><script src=//www.google.com/recaptcha/api.js>"
         "</script>", PageState.CAPTCHA),
        ("<iframe src=https://newassets.hcaptcha.com/c></iframe><p>Encore un instant</p>",
         PageState.CAPTCHA),
        (f"{MENU}<h1>Espace personnel</h1><form>Identifiant <input> <input type=password></form>",
         PageState.LOGIN),
        ("<h1>Connectez-vous</h1><p>Pour continuer, choisissez un compte.</p>", PageState.LOGIN),
        ("<a href='https://app.franceconnect.gouv.fr/a'>S’identifier avec FranceConnect</a>",
         PageState.LOGIN),
        (f"{MENU}<h1>Site en maintenance</h1><p>Merci de revenir plus tard.</p>",
         PageState.MAINTENANCE),
        ("<p>Le site est momentanément indisponible.</p>", PageState.MAINTENANCE),
        (f"{MENU}<h1>Page introuvable</h1><p>Retournez à l’accueil ou cherchez.</p>",
         PageState.NOT_FOUND),
        ("<title>Erreur 404</title><p>Oups, nous ne trouvons rien ici.</p>", PageState.NOT_FOUND),
        ("<title>Page not found</title><p>Try the menu.</p>", PageState.NOT_FOUND),
        ("<h1>Désolé</h1><p>La page que vous demandez n’existe plus.</p>", PageState.NOT_FOUND),
    ],
)  # fmt: skip
def test_what_is_no_page_is_called_by_its_name(html, expected):
    assert state(html) == expected


@pytest.mark.parametrize(
    "beside",
    [
        FIELD.format("<div class=g-recaptcha></div>"),
        "<p>Le téléservice est momentanément indisponible.</p>",
        "<p>Connectez-vous à votre compte ANEF.</p><form><input type=password></form>",
        "<p>Si le formulaire n’existe pas dans votre langue, demandez une aide.</p>",
        "<h2>Se connecter à l’ANEF pour une demande de titre de séjour en ligne</h2>",
        "<p>Cochez « je ne suis pas un robot ».</p>",
    ],
)
def test_a_page_that_speaks_of_it_is_a_page(beside):
    words = (
        "<p>La demande est envoyée par courrier à la préfecture de X, bureau du séjour.</p>" * 12
    )
    assert state(f"<h1>Admission exceptionnelle au séjour</h1>{words}{beside}") == PageState.TEXT


@pytest.mark.parametrize(
    "words",
    [
        "Le dépôt des demandes d’admission exceptionnelle au séjour est momentanément suspendu.",
        "Le téléservice n’est plus disponible. Prenez rendez-vous au bureau du séjour.",
        "Le guichet est temporairement fermé. Envoyez votre demande par courrier.",
    ],
)
def test_a_short_page_that_says_what_is_no_longer_possible_is_a_page(words):
    assert state(f"{MENU}<h1>Admission exceptionnelle au séjour</h1><p>{words}</p>") == "text"


def test_a_short_page_with_a_form_that_has_a_challenge_is_a_page():
    html = f"<h1>Nous écrire</h1><p>Écrivez au bureau du séjour.</p>{FIELD.format('')}"
    assert state(html + "<div class=h-captcha></div>") == PageState.TEXT
