"""The same page as sites of préfectures have looked since 2012."""

from .content import URL

LOOKS = {}


def look(function):
    LOOKS[function.__name__] = function
    return function


def html_of(name, page):
    return LOOKS[name](page)


def _links(links, item="<li>{}</li>", attrs=""):
    return "".join(item.format(f'<a {attrs}href="{href}">{words}</a>') for words, href in links)


def _paragraphs(lines):
    return "".join(f"<p>{line}</p>\n" for line in lines)


def _address(page):
    if page.breaks:
        return f"<p>{'<br>'.join(page.content.address)}</p>"
    return _paragraphs(page.content.address)


def _items(items):
    return "<ul>" + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>"


def _documents(page, template):
    return "".join(
        template.format(words=words, href=href, weight=weight)
        for words, href, weight in page.content.documents
    )


def _mail(content):
    return f'<a href="mailto:{content.mail}">{content.mail}</a>'


def _telephone(content):
    number = "+33" + content.telephone.replace(" ", "")[1:]
    return f'<a href="tel:{number}">{content.telephone}</a>'


def _link(link, css=""):
    return f'<a class="{css}" href="{link[1]}">{link[0]}</a>'


def _head(page, extra=""):
    return (
        "<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'>"
        f"<title>{page.content.title} - {page.around.site}</title>{extra}"
        f"<script>var token = '{page.around.token}';</script></head>"
    )


@look
def dsfr(page):
    """The State's design system, since 2023."""
    c, a = page.content, page.around
    hours = "".join(f"<li><strong>{day}</strong> : {said}</li>" for day, said in c.hours)
    return f"""{_head(page, '<link rel="stylesheet" href="/dsfr.min.css">')}
<body class="fr-page page-node-type-demarche">
<div class="fr-skiplinks"><nav aria-label="Accès rapide"><ul class="fr-skiplinks__list">
<li><a class="fr-link" href="#contenu">Contenu</a></li></ul></nav></div>{a.notice}
<header role="banner" class="fr-header"><div class="fr-header__body"><div class="fr-header__brand">
<p class="fr-logo">Préfet<br>de X</p><p class="fr-header__service-title">{a.site}</p>{
        a.banner
    }</div>
<p class="date-jour">{a.today}</p><div class="meteo">{a.weather}</div></div>
<div class="fr-search-bar" id="header-search"><form action="/recherche" role="search">
<label>Rechercher
</label><input name="q" type="search"><button class="fr-btn">Rechercher</button></form></div>
<nav class="fr-nav" role="navigation"><ul class="fr-nav__list">{_links(a.menu)}</ul></nav></header>
<main role="main" id="contenu"><div class="fr-container">{a.before_content}
<nav role="navigation" class="fr-breadcrumb" aria-label="vous êtes ici :">
<ol class="fr-breadcrumb__list">{_links(a.trail)}</ol></nav>
<div class="fr-grid-row"><div class="fr-col-4"><nav class="fr-sidemenu">
<div class="fr-sidemenu__inner">
<ul>{_links(a.menu)}</ul></div></nav></div><div class="fr-col-8">
<h1 class="fr-h1">{c.title}</h1><p class="fr-text--sm">{a.updated}</p>
<div class="fr-share"><p class="fr-share__title">{a.share}</p><ul class="fr-share__group"><li>
<a href="https://www.facebook.com/sharer.php?u={URL}">Facebook</a></li></ul></div>
{_paragraphs(c.intro)}<h2>Où envoyer la demande</h2>{_address(page)}
<h2>Horaires</h2><ul>{hours}</ul><div class="fr-alert fr-alert--info"><p>{c.closing}</p></div>
<h2>Pièces à fournir</h2>{_items(c.pieces)}<p>{c.fee}</p><h2>Documents</h2>
{
        _documents(
            page,
            '<div class="fr-download"><p><a href="{href}" download class="fr-download__link">'
            '{words}<span class="fr-download__detail"> {weight}</span></a></p></div>',
        )
    }
<h2>Contact</h2><p>{_link(c.booking, "fr-btn")}</p><p>{_link(c.online, "fr-link")}</p>
<p>Courriel : {_mail(c)}</p><p>Téléphone : {_telephone(c)}</p><p>{c.delay}</p>
<section><h2>À lire aussi</h2><ul>{_links(a.news)}</ul></section>{a.after_content}
</div></div></div></main>
<footer class="fr-footer" role="contentinfo"><ul>{_links(a.trail)}</ul><p>© {a.year} {a.site}</p>
<p>{a.counter}</p></footer></body></html>"""


@look
def ez_2019(page):
    """The "Internet de l'État" of the préfectures, of tables of "div" without a main part."""
    c, a = page.content, page.around
    hours = "<br />".join(f"{day} : {said}" for day, said in c.hours)
    return f"""{_head(page)}<body id="page" class="full_article menu-gauche">{a.notice}
<ul id="acces-rapides"><li><a href="#contenu">Aller au contenu</a></li></ul>
<div id="header"><div class="logo">{a.banner}<a href="/">{a.site}</a></div>
<div id="date-jour">{a.today}</div><div id="meteo">{a.weather}</div>
<form id="recherche" action="/content/search"><input type="hidden" name="ezxform_token"
value="{a.token}"><input name="SearchText"><input type="submit" value="OK"></form></div>
<div id="menu"><ul>{_links(a.menu)}</ul></div><div id="fil-ariane">Vous êtes ici :
{_links(a.trail, "{} &gt; ")}</div><div id="wrapper"><div id="colonne-gauche">
<div class="navigation">
<ul>{_links(a.menu)}</ul></div></div><div id="colonne-centre">{a.before_content}
<div class="article_full"><h1>{c.title}</h1><div class="outils">
<a href="javascript:print()">Imprimer
</a> {a.share}</div><p class="date">{a.updated}</p><div class="ezxmltext-field">
{_paragraphs(c.intro)}<h3>Où envoyer la demande</h3>{_address(page)}<h3>Horaires</h3><p>{hours}</p>
<p><b>{c.closing}</b></p><h3>Pièces à fournir</h3>{_items(c.pieces)}<p>{c.fee}</p></div>
<h3>Documents</h3><div class="attachments">
{_documents(page, '<p>&gt; <a href="{href}">{words}</a> <span>({weight})</span></p>')}</div>
<h3>Contact</h3><p>{_link(c.booking)}<br />{_link(c.online)}</p><p>Courriel : {_mail(c)}<br />
Téléphone : {_telephone(c)}</p><p>{c.delay}</p></div>{a.after_content}
<p class="haut"><a href="#page">Haut de page</a></p></div>
<div id="colonne-droite"><div class="bloc"><h2>Actualités</h2><ul>{_links(a.news)}</ul></div>
</div></div>
<div id="footer"><p>{a.counter}</p><p>© {a.year} {a.site}</p></div></body></html>"""


@look
def hours_in_tables(page):
    c, a = page.content, page.around
    rows = "".join(f"<tr><th scope='row'>{day}</th><td>{said}</td></tr>" for day, said in c.hours)
    documents = _documents(page, "<tr><td><a href='{href}'>{words}</a></td><td>{weight}</td></tr>")
    return f"""{_head(page)}<body>{a.notice}<header><a href="/">{a.site}</a>{a.banner}
<span class="aujourdhui">{a.today}</span><span class="meteo">{a.weather}</span><nav><ul>
{_links(a.menu)}</ul></nav></header><div class="breadcrumb">{_links(a.trail, "{} / ")}</div>
<main>{a.before_content}<article><header><h1>{c.title}</h1><time>{a.updated}</time></header>
{_paragraphs(c.intro)}<table><caption>Horaires</caption><thead><tr><th>Jour</th><th>Ouverture</th>
</tr>
</thead><tbody>{rows}</tbody></table><p>{c.closing}</p><table role="presentation"><tr><td>
<h2>Où envoyer la demande</h2>{_address(page)}</td><td><h2>Contact</h2><p>{_mail(c)}</p>
<p>{_telephone(c)}</p></td></tr></table><h2>Pièces à fournir</h2>{_items(c.pieces)}<p>{c.fee}</p>
<h2>Documents</h2><table><tbody>{documents}</tbody></table><p>{_link(c.booking)}</p>
<p>{_link(c.online)}</p><p>{c.delay}</p></article><div class="share-buttons">{a.share}</div>
<p>{a.counter}</p>{a.after_content}</main><aside class="sidebar"><h2>Actualités</h2>
{_items(f'<a href="{href}">{words}</a>' for words, href in a.news)}</aside>
<footer>© {a.year} {a.site}</footer></body></html>"""


@look
def accordions(page):
    c, a = page.content, page.around
    hours = "".join(f"<dt>{day}</dt><dd>{said}</dd>" for day, said in c.hours)
    panels = {
        "Où envoyer la demande": _address(page),
        "Horaires": f"<dl>{hours}</dl><p>{c.closing}</p>",
        "Pièces à fournir": f"{_items(c.pieces)}<p>{c.fee}</p>",
        "Documents": "<ul>"
        + _documents(page, '<li><a target="_blank" href="{href}">{words} ({weight}) (nouvelle '
                     'fenêtre)</a></li>')
        + "</ul>",
        "Contact": f"<p>{_link(c.booking)}</p><p>{_link(c.online)}</p><p>{_mail(c)}</p>"
        f"<p>{_telephone(c)}</p>",
    }  # fmt: skip
    sections = "".join(
        '<section class="fr-accordion"><h3 class="fr-accordion__title">'
        f'<button aria-expanded="false" class="fr-accordion__btn" aria-controls="acc-{number}">'
        f"{title}</button></h3>"
        f'<div class="fr-collapse" id="acc-{number}" style="display:none">{said}</div></section>'
        for number, (title, said) in enumerate(panels.items())
    )
    return f"""{_head(page)}<body>{a.notice}<div class="fr-header">{a.site}{a.banner}
<div class="meteo">{a.weather}</div>{a.today}</div><div class="fr-nav"><ul>{_links(a.menu)}</ul>
</div>
<div id="content">{a.before_content}<div class="fr-breadcrumb">{_links(a.trail, "{}")}</div>
<h1>{c.title}</h1>{_paragraphs(c.intro)}<div class="fr-accordions-group">{sections}</div>
<p>{c.delay}</p><p>{a.updated}</p><div class="compteur">{a.counter}</div>
<div class="fr-follow">{a.share}</div>{a.after_content}
<div class="actualites"><h2>Actualités</h2><ul>{_links(a.news)}</ul></div></div>
<div class="fr-footer">© {a.year}</div></body></html>"""


@look
def press_like(page):
    """An article of a site that a blog's program makes."""
    c, a = page.content, page.around
    comments = "".join(f'<div class="comment-body">{said}</div>' for said in a.comments)
    hours = ", ".join(f"{day.lower()} {said.lower()}" for day, said in c.hours)
    documents = _documents(page, '<a href="{href}">{words}</a> ({weight}), ')
    return f"""{_head(page)}<body class="single single-post">{a.notice}<div class="site-header">
{a.banner}<p>{a.site}</p><p class="date-du-jour">{a.today}</p><p class="weather">{a.weather}</p>
</div>
<nav class="main-navigation"><ul>{_links(a.menu)}</ul></nav><article class="post">{a.before_content}
<header class="entry-header"><h1 class="entry-title">{c.title}</h1><p>{a.updated} | {a.counter}</p>
</header><div class="entry-content">{_paragraphs(c.intro)}<p>La demande est à envoyer à :</p>
{_address(page)}<p>Le bureau est ouvert : {hours}. {c.closing}</p>
<p>Il faut joindre au dossier :</p>
{_items(c.pieces)}<p>{c.fee} {c.delay}</p><p>À télécharger : {documents}à jour.</p>
<p>{_link(c.booking)} ou {_link(c.online)}. Écrire à {_mail(c)} ou appeler le {_telephone(c)}.</p>
</div>
<div class="sharing">{a.share}</div><div class="related-posts"><h3>À lire aussi</h3>
{_links(a.news, "<p>{}</p>")}</div>{a.after_content}</article><div id="comments">
<h3>{len(a.comments)}
commentaires</h3>{comments}</div><div class="site-footer">{_links(a.trail, "{} ")} © {a.year}</div>
</body></html>"""


@look
def list_of_documents(page):
    c, a = page.content, page.around
    cards = _documents(
        page,
        '<div class="fr-card"><div class="fr-card__body"><h3 class="fr-card__title">'
        '<a href="{href}">{words}</a></h3><p class="fr-card__detail">{weight}</p></div></div>',
    )
    hours = "".join(f"<p>{day}</p><p>{said}</p>" for day, said in c.hours)
    return f"""{_head(page)}<body>{a.notice}<div id="tarteaucitronRoot"></div><div role="banner">
{a.banner} {a.site} {a.today} {a.weather}</div><div role="navigation"><ul>{_links(a.menu)}</ul>
</div>
<div role="main">{a.before_content}<p class="fil-ariane">{_links(a.trail, "{} › ")}</p>
<h1>{c.title}</h1><p><em>{a.updated}</em></p><h2>Documents</h2>{cards}<h2>La demande</h2>
{_paragraphs(c.intro)}<p>{c.fee}</p><h2>Pièces à fournir</h2>{_items(c.pieces)}
<h2>Bureau</h2>{_address(page)}<h2>Horaires</h2>{hours}<p>{c.closing}</p><p>{c.delay}</p>
<ul><li>{_link(c.booking)}</li><li>{_link(c.online)}</li><li>{_mail(c)}</li>
<li>{_telephone(c)}</li></ul>
<ul class="pagination"><li><a href="?page=2">2</a></li></ul><div class="social">{a.share}</div>
<p>{a.counter}</p><aside><h3>Actualités</h3><ul>{_links(a.news)}</ul></aside>{a.after_content}</div>
<div role="contentinfo">© {a.year} {a.site}</div></body></html>"""
