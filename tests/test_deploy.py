"""What a server is given holds to the code: limits, names and paths are written in both."""

import configparser
import os
import re

import pytest
from django.conf import settings

from aes_cms.wsgi import MOST_BYTES_SENT
from prefectures.importexport.files.limits import MEGABYTE, MOST_BYTES
from prefectures.languages import address_in

from .page import read_page

FOLDER = settings.BASE_DIR / "deploy"
NGINX = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
CADDY = (FOLDER / "Caddyfile").read_text(encoding="utf-8")
INSTALLING = (settings.BASE_DIR / "docs/installation.md").read_text(encoding="utf-8")
PROXIES = pytest.mark.parametrize("proxy", [NGINX, CADDY], ids=["nginx", "Caddy"])
UNITS = sorted(FOLDER.glob("*.service")) + sorted(FOLDER.glob("*.timer"))
NAME = "guide.example.org"


def unit(name):
    """Return the unit as {section: {key: its last value}}."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(FOLDER / name, encoding="utf-8")
    return parser


# --- Before the site --------------------------------------------------------------------------


@PROXIES
def test_a_proxy_writes_over_what_the_asker_says_of_themselves(proxy):
    for header in ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded"):
        assert re.search(rf'(proxy_set_header {header} "";|header_up -{header}\n)', proxy)
    assert re.search(r"X-Real-IP (\$remote_addr;|\{remote_host\}\n)", proxy)


def test_a_proxy_drops_headers_whose_name_has_an_underscore():
    assert "underscores_in_headers off;" in NGINX
    assert "request_header -*_*\n" in CADDY


def test_a_proxy_writes_no_line_about_who_asks():
    servers = NGINX.split("\nserver {")[1:]
    assert len(servers) == 3
    assert all("access_log off;" in server for server in servers)
    # An error of a lesser degree names who asked, and for what.
    assert set(re.findall(r"error_log \S+ (\w+);", NGINX)) == {"alert"}
    assert "level PANIC" in CADDY


def test_what_is_made_anew_for_each_is_counted_closely_in_every_language():
    closely = re.compile(re.search(r"location ~ (\S+recherche\S+) \{", NGINX)[1])
    sheet = "/departements/46-lot/prefecture-de-cahors/"
    anew = [
        "/recherche/",
        "/recherche/propositions/",
        f"{sheet}historique/",
        f"{sheet}au/2026-11-01/",
    ]
    for code, _name in settings.LANGUAGES:
        assert all(closely.search(address_in(code, address)) for address in anew)
        assert not closely.search(address_in(code, sheet))


def test_a_proxy_takes_as_much_as_the_site():
    assert f"client_max_body_size {MOST_BYTES_SENT // 10**6}m;" in NGINX
    heavy = re.compile(re.search(r"header_regexp Content-Length (\S+)", CADDY)[1])
    assert not heavy.search(str(MOST_BYTES_SENT - 1))
    assert heavy.search(str(MOST_BYTES_SENT))
    assert heavy.search("30000000000")
    assert not heavy.search("9999999")


def test_whoever_sends_a_head_slowly_is_let_go_before_and_after_they_name_the_site():
    servers = NGINX.split("\nserver {")[1:]
    assert all("client_header_timeout 10s;" in server for server in servers)
    assert "read_header 10s" in CADDY


def test_the_site_is_named_as_a_template_and_nowhere_else():
    for proxy in (NGINX, CADDY):
        assert NAME in proxy
        assert set(re.findall(r"[\w.-]+\.(?:org|fr|com)\b", proxy)) == {NAME}
    assert INSTALLING.count(r"s/guide\.example\.org/$NOM/g") == 2


@pytest.mark.parametrize("name", ["indisponible", "trop-lourd"])
def test_what_a_proxy_says_itself_is_a_page_in_french_that_needs_nothing(name):
    text = (FOLDER / f"pages/{name}.html").read_text(encoding="utf-8")
    read_page(text)
    assert '<html lang="fr" dir="ltr">' in text
    assert not re.search(r"src=|href=|style", text)
    assert all(f"/{name}.html" in proxy for proxy in (NGINX, CADDY))


def test_the_page_about_what_is_too_heavy_tells_the_bound_of_a_file():
    text = (FOLDER / "pages/trop-lourd.html").read_text(encoding="utf-8")
    assert f"{MOST_BYTES // MEGABYTE}\u00a0Mo" in text


# --- Units ------------------------------------------------------------------------------------


def test_the_site_runs_as_a_user_of_its_own_that_writes_its_data_alone():
    service = unit("aes.service")["Service"]
    assert (service["User"], service["Group"]) == ("aes", "aes")
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"] == "/var/lib/aes"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["Restart"] == "always"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_names_programs_and_documents_that_are_there(path):
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"/srv/aes/((?!\.venv)[\w./-]+)", text):
        assert (settings.BASE_DIR / name).exists()
    assert f"/etc/systemd/system/{path.name}" in text


@pytest.mark.parametrize("name", ["aes-backup", "aes-history-head", "aes-mail", "aes-watch"])
def test_a_timer_has_a_service_and_makes_up_for_what_it_missed(name):
    assert unit(f"{name}.timer")["Timer"]["Persistent"] == "true"
    assert unit(f"{name}.service")["Service"]["Type"] == "oneshot"


def test_the_mirror_is_stopped_and_started_with_the_site_and_begins_again_where_it_fails():
    mirror = unit("aes-mirror.service")
    assert mirror["Unit"]["PartOf"] == mirror["Install"]["WantedBy"] == "aes.service"
    assert "build_mirror --follow" in mirror["Service"]["ExecStart"]
    assert mirror["Service"]["Restart"] == "always"


def test_the_start_is_given_longer_to_end_than_the_server_takes():
    assert unit("aes.service")["Service"]["TimeoutStopSec"] == "40"


# --- The sitting ------------------------------------------------------------------------------


def test_every_file_is_put_in_its_place_by_the_sitting():
    names = [path.name for path in FOLDER.iterdir() if path.is_file() and path.name != "README.md"]
    assert [name for name in names if f"deploy/{name}" not in INSTALLING] == []
    told = re.findall(r"deploy/([\w.-]+)", INSTALLING)
    assert [name for name in told if not (FOLDER / name).exists()] == []


@pytest.mark.parametrize("name", ["exploitation", "installation", "sauvegarde"])
def test_settings_and_data_are_everywhere_where_the_sitting_puts_them(name):
    text = (settings.BASE_DIR / f"docs/{name}.md").read_text(encoding="utf-8")
    assert set(re.findall(r"/etc/aes[\w./]*", text)) <= {"/etc/aes", "/etc/aes/environment"}
    assert not re.search(r"/srv/aes/var|[ /]var/backups", text)
    # With its user and its settings, or not at all.
    typed = re.findall(r"^    (?:sudo|[\d*/ ]+).*manage\.py.*", text, re.MULTILINE)
    assert [line for line in typed if "deploy/run" not in line] == []


@pytest.mark.parametrize("path", [FOLDER / "run", settings.BASE_DIR / "script/serve"], ids=str)
def test_what_the_sitting_runs_may_be_run(path):
    assert os.access(path, os.X_OK)
