"""Nothing leads inside: neither a name, nor a second answer for it, nor a redirect."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefectures.monitoring.fetch import PUBLIC, Fault, Reach, fetch

from ..misbehaving.addresses import HERE, SOMEWHERE


def ask(url, **told):
    return fetch(url, agent="Essais", **told)


class Turning:
    """The addresses of a name: others at each time that it is asked for."""

    def __init__(self, *answers):
        self._answers = iter(answers)

    def __iter__(self):
        return iter(next(self._answers))


def test_a_name_that_leads_inside_the_second_time_is_asked_for_once(network, site):
    network.names["site.test"] = Turning([SOMEWHERE], [HERE])
    network.leads[SOMEWHERE, 80] = (HERE, site.ports["port"])
    assert ask("http://site.test/works").status == 200
    assert network.asked == ["site.test"]
    assert network.reached == [(SOMEWHERE, 80)]


def test_each_redirect_is_resolved_and_looked_at_again(network, site):
    network.names["site.test"] = Turning([SOMEWHERE], [HERE])
    network.leads[SOMEWHERE, 80] = (HERE, site.ports["port"])
    fetched = ask("http://site.test/moved")
    assert fetched.fault is Fault.FORBIDDEN_ADDRESS
    assert network.reached == [(SOMEWHERE, 80)]


@pytest.mark.parametrize("inside", [HERE, "10.0.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_name_that_leads_inside_as_well_is_not_asked_at_all(network, inside, order):
    network.names["double.test"] = [SOMEWHERE, inside][::order]
    assert ask("http://double.test/").fault is Fault.FORBIDDEN_ADDRESS
    assert network.reached == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25eth0]/",
        "http://①②⑦.⓪.⓪.①/",
        "http://169.254.169.254/latest/meta-data/",
        "https://192.168.0.1/",
        "http://public.test@127.0.0.1/",
        "http://public.test:81/",
        "https://public.test:22/",
        "http://public.test:0/",
        "http://public.test:65536/",
        "http://public.test:http/",
        "http://public.test\\@127.0.0.1/",
        "http://robot@public.test/",
        "http://@public.test/",
        "http://:secret@public.test/",
        "gopher://public.test/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//public.test/",
        "/etc/passwd",
        "http:/public.test/",
        "http:///etc/passwd",
        "http://",
        "",
        " http://public.test/",
        "http://public test/",
        "http://.test/",
        "http://" + "a" * 64 + ".test/",
        "http://" + "a." * 200 + "test/",
        "http://\ud800.test/",
        "http://public.test/\ud800",
        "http://[public.test]/",
    ],
)
def test_an_address_that_leads_to_no_public_page_is_not_asked(network, url):
    assert ask(url).fault is Fault.FORBIDDEN_ADDRESS
    assert network.reached == []


def test_a_network_that_is_allowed_is_reached_at_any_port(site):
    reach = Reach(also=("127.0.0.0/8",))
    url = f"http://site.test:{site.ports['port']}/works"
    assert ask(url, reach=reach).status == 200
    assert ask(url, reach=Reach(also=("10.0.0.0/8",))).fault is Fault.FORBIDDEN_ADDRESS
    assert ask(url, reach=PUBLIC).fault is Fault.FORBIDDEN_ADDRESS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.ip_addresses(), port=st.sampled_from(["", ":443", ":8080"]))
def test_whatever_a_name_leads_to_only_public_machines_are_reached(network, address, port):
    network.reached.clear()
    network.names["tire.test"] = [str(address)]
    fetched = ask(f"http://tire.test{port}/")
    assert fetched.fault in (Fault.FORBIDDEN_ADDRESS, Fault.REFUSED)
    assert (fetched.fault is Fault.REFUSED) is bool(network.reached)
    assert all(PUBLIC.allows(*reached) for reached in network.reached)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    url=st.one_of(
        st.text(),
        st.text().map("http://{}".format),
        st.text().map("https://public.test{}".format),
        st.text("0123456789abcdefx.:[]@%-/?#\\", max_size=30).map("http://{}".format),
    )
)
def test_whatever_is_taken_for_an_address_nothing_is_raised(network, url):
    network.reached.clear()
    assert ask(url).fault
    assert all(PUBLIC.allows(*reached) for reached in network.reached)
