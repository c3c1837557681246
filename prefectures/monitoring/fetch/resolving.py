"""Where a name leads: asked once, every answer looked at."""

import socket
from queue import Empty, SimpleQueue
from threading import Thread

from .fetched import Fault, FaultError

# The zone has no such name, or no address for it.
NO_ADDRESS = {
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)
}


def addresses_of(target, reach, deadline):
    """Return [(family, socket address)] of a ``Target``, each of which ``reach`` allows.

    A name that leads inside as well as outside is refused whole: it is made to be tried until it
    leads inside.
    """
    found = []
    for family, _, _, _, address in _resolved(target, deadline):
        if not reach.allows(address[0], target.port):
            raise FaultError(Fault.FORBIDDEN_ADDRESS)
        if (family, address) not in found:
            found.append((family, address))
    if not found:
        raise FaultError(Fault.UNKNOWN_HOST)
    return found


def _resolved(target, deadline):
    # The resolver cannot be interrupted: what it says too late is said to nobody.
    said = SimpleQueue()
    Thread(target=_resolve, args=(target, said), daemon=True).start()
    try:
        answer = said.get(timeout=deadline.left())
    except (Empty, TimeoutError):
        raise FaultError(Fault.NO_NAME_SERVICE) from None
    if isinstance(answer, Fault):
        raise FaultError(answer)
    return answer


def _resolve(target, said):
    try:
        said.put(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
    except socket.gaierror as error:
        is_known = error.errno in NO_ADDRESS
        said.put(Fault.UNKNOWN_HOST if is_known else Fault.NO_NAME_SERVICE)
    except OSError:
        said.put(Fault.NO_NAME_SERVICE)
    except ValueError:
        # No name at all, to the resolver.
        said.put(Fault.FORBIDDEN_ADDRESS)
