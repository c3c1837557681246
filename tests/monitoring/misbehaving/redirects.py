"""Servers that lead elsewhere: for good, for a while, in circles, inside."""

from .ways import PAGE, page_of, way


def leading(name, location, status="301 Moved Permanently", **told):
    """Note a way that only redirects; ``location`` may hold {port}."""

    def lead(exchange):
        exchange.redirect(location.format(port=exchange.port), status)

    lead.__name__ = name
    way(**told)(lead)


leading("moved", "/nouvelle-adresse")
leading("moved_to_a_relative_address", "nouvelle-adresse?page=2")
leading("moved_to_another_site", "http://autre.test:{port}/nouvelle-adresse")
leading("moved_for_good_308", "/moved_then_for_a_while", "308 Permanent Redirect")
leading("moved_then_for_a_while", "/nouvelle-adresse", "302 Found")
leading("elsewhere_for_a_while", "/nouvelle-adresse", "302 Found")
leading("elsewhere_for_a_while_303", "/nouvelle-adresse", "303 See Other")
leading("elsewhere_for_a_while_307", "/moved", "307 Temporary Redirect")
leading("moved_to_a_session", "/sessions?PHPSESSID=0a1b2c")
leading("moved_to_a_page_with_a_session", "/nouvelle-adresse?lang=fr&PHPSESSID=0a1b2c")
leading("moved_to_the_front_page", "/")
leading("moved_to_the_front_page_for_a_while", "/index.php", "302 Found")
leading("moved_to_an_error_page", "/erreur-404.html")
leading("moved_to_a_sign_in", "/connexion?retour=%2Fdossier")
leading("moved_to_what_is_gone", "/not_found")
leading("moved_to_what_is_out", "/server_error")
leading("moved_to_a_dead_name", "http://inconnu.test/")
leading("redirect_nowhere", "")
leading("redirect_loop", "/redirect_loop")
leading("redirect_inside", "http://10.0.0.1/")
leading("redirect_to_the_keys_of_the_machine", "http://169.254.169.254/latest/meta-data/")
leading("redirect_to_this_machine", "http://[::1]/")
leading("redirect_to_a_number", "http://167772161/")
leading("redirect_to_a_file", "file:///etc/passwd")
leading("redirect_to_a_script", "javascript:alert(1)")
leading("redirect_to_another_port", "http://public.test:8080/")
leading("redirect_with_a_password", "http://robot:secret@autre.test:{port}/")
leading("redirect_to_no_address", "http://[site.test/")
leading("redirect_with_a_line_break", "/nouvelle-adresse\r\n Suite: x")
leading("redirect_in_utf_8", "/préfecture")


@way()
def redirect_in_latin_1(exchange):
    exchange.send(b"HTTP/1.1 301 Moved\r\nLocation: /pr\xe9fecture\r\n\r\n")


@way()
def endless_redirects(exchange):
    exchange.redirect(f"/endless_redirects?{exchange.visit}")


@way()
def redirect_with_an_endless_body(exchange):
    exchange.begin("301 Moved", "Location: /nouvelle-adresse")
    exchange.go_on(b"x" * 1000)


@way()
def cookie_wall(exchange):
    """As sites do that want to see their cookie again before they show a page."""
    if "passe=1" in exchange.headers.get("Cookie", ""):
        exchange.say(PAGE)
    else:
        cookie = "Set-Cookie: passe=1; Path=/; HttpOnly"
        exchange.say("", "302 Found", cookie, "Location: /cookie_wall")


@way()
def cookie_loop(exchange):
    cookie = "Set-Cookie: passe=1"
    exchange.say("", "302 Found", cookie, "Location: /cookie_loop")


@way()
def cookie_taken_elsewhere(exchange):
    location = f"http://autre.test:{exchange.port}/cookie_shown"
    exchange.say("", "302 Found", "Set-Cookie: secret=1", f"Location: {location}")


@way()
def cookie_shown(exchange):
    exchange.say(page_of(exchange.headers.get("Cookie", "aucun témoin")))
