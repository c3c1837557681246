"""Changes of a page that change nothing of what it says: each is named, and makes bytes of a page.

A change is given a ``Page`` and the name of a look, and returns the bytes and the charset that is
declared of them.
"""

import re

from .looks import html_of

CHANGES = {}


def of_page(function):
    """A change of what stands around the content, or of how it is put in tags."""

    def changed(page, look):
        page = page.copy()
        function(page)
        return html_of(look, page).encode(), "utf-8"

    CHANGES[function.__name__] = changed
    return function


def of_html(function):
    CHANGES[function.__name__] = lambda page, look: (
        function(html_of(look, page)).encode(),
        "utf-8",
    )
    return function


def of_bytes(function):
    CHANGES[function.__name__] = lambda page, look: function(html_of(look, page))
    return function


@of_page
def printed_date(page):
    page.around.updated = "Mis à jour le 28/11/2026"


@of_page
def printed_date_in_words(page):
    page.around.updated = "Dernière mise à jour : 28 novembre 2026 à 12h03"


@of_page
def date_in_the_header(page):
    page.around.today = "Nous sommes le mardi 1er décembre 2026"


@of_page
def weather(page):
    page.around.weather = "Averses, 9 °C"


@of_page
def counter(page):
    page.around.counter = "1 317 visites"


@of_page
def year_in_the_footer(page):
    page.around.year = "2027"


@of_page
def other_banner(page):
    page.around.banner = '<a href="/Actualites/9"><img src="/x/hiver.jpg" alt="Plan hiver"></a>'


@of_page
def moved_menu(page):
    page.around.menu = page.around.menu[::-1]


@of_page
def new_item_in_the_menu(page):
    page.around.menu.append(("Élections de 2027", "/Elections"))


@of_page
def news(page):
    page.around.news = [("Crues : les routes fermées", "/Actualites/14"), page.around.news[0]]


@of_page
def no_news(page):
    page.around.news = []


@of_page
def breadcrumb(page):
    page.around.trail.insert(1, ("Particuliers", "/P"))


@of_page
def comments(page):
    page.around.comments.append("Et à X, c’est fermé le mardi ?")


@of_page
def share_buttons(page):
    page.around.share = "Partager sur LinkedIn"


@of_page
def cookie_banner(page):
    page.around.notice = (
        '<div id="cookie-banner"><p>Ce site utilise des cookies pour mesurer son audience.</p>'
        "<button>Tout accepter</button><button>Tout refuser</button></div>"
    )


@of_page
def consent_of_the_design_system(page):
    page.around.notice = (
        '<div class="fr-consent-banner"><h2>À propos des cookies</h2><p>Nous utilisons des cookies'
        ".</p><ul><li><button>Personnaliser</button></li></ul></div>"
    )


@of_page
def alert_about_cookies_without_a_name(page):
    page.around.before_content = (
        '<div class="fr-alert"><p>En poursuivant votre navigation, vous acceptez les cookies.</p>'
        '<a href="/cookies">En savoir plus</a></div>'
    )


@of_page
def skip_links(page):
    page.around.notice = (
        '<ul class="skip-links"><li><a href="#menu">Aller au menu</a></li><li><a href="#contenu">'
        "Aller au contenu</a></li></ul>"
    )


@of_page
def search_form(page):
    page.around.before_content = (
        '<form action="/recherche" class="search-form"><label>Rechercher sur le site</label>'
        '<input name="q"><button>OK</button></form>'
    )


@of_page
def related_news(page):
    page.around.after_content = (
        "<section><h2>Dans la même rubrique</h2><ul><li><a href='/E/Asile'>Asile</a></li><li>"
        "<a href='/E/Nationalite'>Nationalité</a></li></ul></section>"
    )


@of_page
def top_of_the_page(page):
    page.around.after_content = '<p><a href="#top">Retour en haut de page</a></p>'


@of_page
def opinion_button(page):
    page.around.after_content = (
        '<p><a href="https://voxusagers.numerique.gouv.fr/Demarches/12?nd_source=button&key=a8f3">'
        '<img src="/jdma.svg" alt="Je donne mon avis"></a></p>'
    )


@of_page
def hidden_protection_of_a_form(page):
    page.around.after_content = (
        '<form method="post"><input type="hidden" name="csrf_token" value="8d7f6a5b"></form>'
    )


@of_page
def hidden_words(page):
    page.around.after_content = '<p hidden>Version 4.2.1</p><div style="display: none">x1</div>'


@of_page
def modal(page):
    page.around.after_content = (
        '<dialog class="fr-modal"><button>Fermer</button><h2>Enquête</h2><p>Votre avis compte.</p>'
        "</dialog>"
    )


@of_page
def token_in_a_script(page):
    page.around.token = "00aa11bb22cc"


@of_page
def weight_of_a_file(page):
    page.content.documents = [
        (words, href, weight.replace("1,2 Mo", "1,4 Mo").replace("85 ko", "86,5 ko"))
        for words, href, weight in page.content.documents
    ]


@of_page
def session_in_addresses(page):
    page.content.documents = [
        (words, f"{href};jsessionid=0A1B2C3D?PHPSESSID=77aa88bb", weight)
        for words, href, weight in page.content.documents
    ]


@of_page
def campaign_in_addresses(page):
    for name in ("booking", "online"):
        words, href = getattr(page.content, name)
        setattr(page.content, name, (words, f"{href}?utm_source=site&amp;xtor=EPR-1&amp;fbclid=Iw"))


@of_page
def version_in_addresses(page):
    page.content.documents = [
        (words, f"{href}?v=20261130", weight) for words, href, weight in page.content.documents
    ]


@of_page
def absolute_addresses(page):
    page.content.documents = [
        (words, f"http://www.prefecture-de-x.gouv.fr{href}", weight)
        for words, href, weight in page.content.documents
    ]


@of_page
def line_breaks_become_paragraphs(page):
    page.breaks = False


@of_page
def case_of_the_title(page):
    page.content.title = page.content.title.upper()


@of_page
def title_in_capitals_without_accents(page):
    page.content.title = "ADMISSION EXCEPTIONNELLE AU SEJOUR"


@of_page
def straight_apostrophes(page):
    page.replace("’", "'")


@of_page
def dashes(page):
    page.replace(" - ", " – ")


@of_page
def spaces_that_do_not_break(page):
    page.replace(" €", "\xa0€")
    page.replace("05 99", "05\u202f99")


@of_page
def soft_hyphens(page):
    page.replace("exceptionnelle", "excep\xadtion\xadnelle")


@of_page
def zeros_of_hours(page):
    page.replace("9h00", "09h00")


@of_html
def dots_in_a_telephone(html):
    return html.replace("05 99 00 12 34", "05.99.00.12.34")


@of_page
def sentences_in_paragraphs_of_their_own(page):
    page.content.intro = [
        f"{sentence.strip().rstrip('.')}."
        for paragraph in page.content.intro
        for sentence in paragraph.split(". ")
    ]


@of_page
def paragraphs_in_one(page):
    page.content.intro = [" ".join(page.content.intro)]


@of_html
def attributes_in_another_order(html):
    return re.sub(
        r'<(\w+) ([\w-]+="[^"]*") ([\w-]+="[^"]*")', lambda m: f"<{m[1]} {m[3]} {m[2]}", html
    )


@of_html
def other_white_space(html):
    return re.sub(r"\n", "\r\n\t   ", html)


@of_html
def minified(html):
    return re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", html))


@of_html
def references(html):
    return re.sub("[éèàêç’É]", lambda found: f"&#{ord(found[0])};", html)


@of_html
def named_references(html):
    return html.replace("é", "&eacute;").replace("à", "&agrave;").replace("’", "&rsquo;")


@of_html
def wrapped_in_another_box(html):
    start = re.search(r"<body[^>]*>", html).end()
    end = html.index("</body>")
    return f'{html[:start]}<div class="wrapper"><div>{html[start:end]}</div></div>{html[end:]}'


@of_html
def class_names_of_another_version(html):
    return re.sub(r'class="([^"]*)"', r'class="v2 \1 is-ready"', html).replace(
        "fr-col-8", "fr-col-9"
    )


@of_html
def style_in_the_page(html):
    return html.replace("<p>", '<p style="margin:0;color:#161616">').replace(
        "</head>", "<style>p { color: red } .a::after { content: 'Nouveau' }</style></head>"
    )


@of_html
def another_image(html):
    return html.replace("<h1", '<img src="/img/facade-2.jpg" alt="La façade" loading="lazy"><h1')


@of_html
def bold_words(html):
    return html.replace("courrier simple", "<strong>courrier</strong> <u>simple</u>")


@of_html
def other_rank_of_titles(html):
    return re.sub(r"<(/?)h2", r"<\1h4", html)


@of_html
def comments_of_a_cache(html):
    return html + "<!-- page generated in 0.132 s, 2026-11-30 12:03:11 -->"


@of_html
def a_counter_of_visits_in_a_picture(html):
    return html.replace("</body>", '<img src="https://stats.x.fr/p.gif?r=0.81" alt=""></body>')


@of_bytes
def latin_1(html):
    # What Latin-1 has no letter for is written as a reference.
    return html.replace("utf-8", "iso-8859-1").encode("latin-1", "xmlcharrefreplace"), "iso-8859-1"


@of_bytes
def windows_1252(html):
    return html.replace("utf-8", "windows-1252").encode("cp1252", "xmlcharrefreplace"), ""


@of_bytes
def charset_that_is_not_true(html):
    return html.encode("cp1252", "xmlcharrefreplace"), "utf-8"


@of_bytes
def charset_that_hides_utf_8(html):
    return html.encode(), "iso-8859-1"


@of_bytes
def utf_16(html):
    return html.encode("utf-16"), ""


@of_html
def quotes_of_attributes(html):
    return re.sub(r'="([^"\'<>]*)"', r"='\1'", html)
