"""What an answer that says "200, all is well" really is: a page, or a door, or nothing."""

import re

from ..page_state import PageState
from ..plain_words import plain
from .lines import without_addresses

# In words: with more, a page that speaks of robots or passwords is a page.
LITTLE = 120
VERY_LITTLE = 45
HARDLY_ANY = 5
LONGEST_NAME_OF_A_DOOR = 10

# As ``plain`` writes them, between spaces.
ROBOT = re.compile(
    r" (?:just a moment|pas un robot|not a robot|you are (?:a )?human|etes (?:bien )?(?:un )?humain"
    r"|checking your browser|verification de securite|ddos protection|incapsula incident"
    r"|requete a ete bloquee|verification en cours|saisi\w+ les caracteres|recopiez le code) "
)
SIGN_IN = re.compile(
    r" (?:connectez vous|identifiez vous|authentifiez vous|s identifier|se connecter"
    r"|authentification|connexion|mot de passe oublie|franceconnect|sign in|log in|login) "
)
AT_WORK = re.compile(
    r" (?:(?:site|page|portail|serveur|application|plateforme)(?: \w+){0,6}? (?:en maintenance"
    r"|indisponible|inaccessible)|(?:site|page|portail) en (?:cours de )?maintenance"
    r"|maintenance en cours|(?:site )?under maintenance|service (?:temporarily )?unavailable"
    r"|service (?:momentanement |temporairement )?indisponible|nous revenons (?:vite|bientot)) "
)
NO_PAGE = re.compile(
    r" (?:(?:page|adresse|contenu|ressource|url)(?: \w+){0,6}? (?:introuvable|inexistante?"
    r"|non trouvee?|n existe (?:pas|plus)|n a pas (?:pu )?etre trouvee?|n a pas ete trouvee?"
    r"|n est plus (?:disponible|en ligne)|not found|cannot be found)|erreur (?:http )?404"
    r"|404 (?:not found|error|page)|(?:not found|introuvable) 404) "
)


def state_of(page):
    """Return the ``PageState`` of a ``Page``."""
    text = without_addresses(page.text)
    said = f" {plain(text)} "
    titles = f" {plain(page.title)} / {plain(page.heading)} "
    words = len(said.split())

    def says(sought):
        """Whether its titles do and it has little text, or very little text does."""
        in_titles = words < LITTLE and sought.search(titles)
        return bool(in_titles or (words < VERY_LITTLE and sought.search(said)))

    # "Connexion" is a door, how to sign in somewhere is told by a page.
    is_door = words < VERY_LITTLE or len(titles.split()) <= LONGEST_NAME_OF_A_DOOR

    is_challenge = page.has_a_challenge and not page.asks_for_something and words < VERY_LITTLE
    if says(ROBOT) or is_challenge:
        return PageState.CAPTCHA
    if says(NO_PAGE):
        return PageState.NOT_FOUND
    if says(AT_WORK):
        return PageState.MAINTENANCE
    if (is_door and says(SIGN_IN)) or (page.asks_for_a_password and words < LITTLE):
        return PageState.LOGIN
    return PageState.EMPTY if words < HARDLY_ANY else PageState.TEXT
