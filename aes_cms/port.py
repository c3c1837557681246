"""Whether the server can have the port it is given; two of them would share it without a word.

python -m aes_cms.port 127.0.0.1 8000
"""

import errno
import socket
import sys

from .starting import stop_on

HIGHEST = 65535


def faults(address, port):
    """Yield what is wrong with it, a sentence that says what to do; ``port`` as it was given."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= HIGHEST):
        yield f"PORT={port} n’est pas un numéro de port : il en faut un entre 1 et {HIGHEST}."
        return
    number = int(port)
    with socket.socket() as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            # Not to listen: whoever asked meanwhile would be taken, and dropped.
            trying.bind((address, number))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                why = "est déjà pris, peut-être par ce même site, lancé ailleurs"
            else:
                why = "ne peut pas être ouvert par cet utilisateur"
            other = number + 1 if 1024 <= number < HIGHEST else 8000
            yield f"Le port {number} {why}. Pour en prendre un autre : PORT={other}"


if __name__ == "__main__":
    stop_on([*faults(*sys.argv[1:3])])
