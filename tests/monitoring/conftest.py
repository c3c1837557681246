import socket
from threading import Event
from types import SimpleNamespace

import pytest

from prefectures.monitoring.fetch import Limits, Reach, fetch
from prefectures.monitoring.fetch.wire import Plain

from .local_site import LocalSite
from .misbehaving import WAYS, Certificates, Server, answer
from .misbehaving.addresses import HERE, NAMES, NEVER, NO_RESOLVER, NO_SUCH_NAME
from .misbehaving.ways import IN_TIME

AGENT = "Essais (https://guide.example/robot; robot@guide.example)"
MOST_BYTES = 2**18


class Network:
    """The DNS, and all that lies beyond this machine, as the tests tell them.

    ``names`` are {host: addresses or error}, ``leads`` {(address, port): what answers in its
    place}; ``asked`` and ``reached`` are what was tried, in order.
    """

    def __init__(self, patch):
        self.names, self.leads = dict(NAMES), {}
        self.asked, self.reached, self.ended = [], [], Event()
        self._resolve = socket.getaddrinfo
        patch.setattr(socket, "getaddrinfo", self._resolved)
        patch.setattr(Plain, "connect", self._connected, raising=False)

    def _resolved(self, host, port, **kind):
        self.asked.append(host)
        numeric = {**kind, "flags": socket.AI_NUMERICHOST}
        try:
            return self._resolve(host, port, **numeric)
        except socket.gaierror:
            found = self.names.get(host.rstrip("."), NO_SUCH_NAME)
        if found is NEVER:
            self.ended.wait()
            found = NO_RESOLVER
        if isinstance(found, Exception):
            raise found
        return [one for ip in found for one in self._resolve(ip, port, **numeric)]

    @property
    def _connected(self):
        def connect(wire, address):
            self.reached.append(address[:2])
            address = self.leads.get(address[:2], address)
            if address[0] != HERE:
                raise ConnectionRefusedError
            socket.socket.connect(wire, address)

        return connect


class Site:
    """A server of http://site.test that misbehaves as it is asked to."""

    def __init__(self, server, ports, authority):
        self.server, self.ports = server, ports
        self.reach = Reach(also=("127.0.0.0/8",), ca_file=authority)

    def fetch(self, way, **limits):
        """Ask for a way by its name, or for a path."""
        way = WAYS.get(way) or SimpleNamespace(address=self._at(way), seconds=IN_TIME)
        limits = {"seconds": way.seconds, "most_bytes": MOST_BYTES, **limits}
        url = way.address(**self.ports)
        return fetch(url, reach=self.reach, limits=Limits(**limits), agent=AGENT)

    def _at(self, path):
        return lambda port, **_: f"http://site.test:{port}{path}"

    @property
    def asked(self):
        """The first lines of the requests that came."""
        return [head.decode("latin-1").split("\r\n")[0] for head in self.server.heard]


@pytest.fixture
def network():
    with pytest.MonkeyPatch.context() as patch:
        network = Network(patch)
        yield network
        network.ended.set()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def servers(certificates):
    with (
        Server(answer, certificates.contexts) as server,
        Server(answer) as plain,
        socket.create_server((HERE, 0)) as mute,
        socket.socket() as closed,
    ):
        closed.bind((HERE, 0))
        ports = {"port": server.port, "plain": plain.port}
        ports |= {"mute": mute.getsockname()[1], "closed": closed.getsockname()[1]}
        yield server, ports


@pytest.fixture
def site(network, servers, certificates):
    server, ports = servers
    server.forget()
    return Site(server, ports, certificates.authority)


@pytest.fixture
def local_site(settings, tmp_path):
    """A site of this machine, which the watch of this test may reach."""
    settings.WATCH_ALSO_REACHES = ("127.0.0.0/8",)
    settings.DATA_DIR = tmp_path
    with LocalSite() as site:
        yield site
