"""Addresses that misbehave before any server answers: by their name, certificate, spelling.

Where each name leads is told by ``NAMES``, in the place of the DNS.
"""

import socket

from .ways import SOON, address

HERE = "127.0.0.1"
SOMEWHERE = "93.184.215.14"
NO_SUCH_NAME = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
NO_RESOLVER = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
NEVER = object()
NO_FREE_FILE = OSError(24, "Too many open files")

NAMES = {
    "site.test": [HERE],
    "autre.test": [HERE],
    "autre-nom.test": [HERE],
    "perime.test": [HERE],
    "sans-garant.test": [HERE],
    "xn--prfecture-c4a.test": [HERE],
    "public.test": [SOMEWHERE],
    "interieur.test": ["192.168.1.10"],
    "double.test": [SOMEWHERE, "10.0.0.1"],
    "muet.test": NO_RESOLVER,
    "malade.test": NO_FREE_FILE,
    "vide.test": [],
    "sourd.test": NEVER,
}

address("unknown_host", "http://inconnu.test/")
address("name_without_address", "http://vide.test/")
address("resolver_down", "http://muet.test/")
address("resolver_never_answers", "http://sourd.test/", seconds=SOON)
address("resolver_without_files", "http://malade.test/")
address("name_that_leads_inside", "http://interieur.test/")
address("name_that_leads_inside_too", "http://double.test/")
address("this_machine", "http://127.0.0.1/", was="")
address("another_port", "http://public.test:8080/")
address("password", "http://robot:secret@site.test:{port}/")
address("another_scheme", "ftp://site.test/guide.pdf")
address("no_address", "http://[site.test/")
address("empty_label", "http://site..test/")
address("endless_label", f"http://{'é' * 300}.test/")
address("accented_host", "http://préfecture.test:{port}/")
address("accented_host_secured", "https://préfecture.test:{port}/")
address("secured", "https://site.test:{port}/")
address("full_stop_of_the_dns", "https://site.test.:{port}/")
address("http_spoken_on_https", "https://site.test:{plain}/")
address("connection_refused", "http://site.test:{closed}/")
address("handshake_never_answered", "https://site.test:{mute}/", seconds=SOON)
address("self_signed_certificate", "https://sans-garant.test:{port}/")
address("certificate_of_another_name", "https://autre-nom.test:{port}/")
address("expired_certificate", "https://perime.test:{port}/")
address("spelt_with_care", "http://site.test:{port}/a(2)+b%20c%c3%a9?d=e+f&g=(h)%2B#page=2")
