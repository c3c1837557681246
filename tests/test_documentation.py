"""The documents fail here when they fall behind the code."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from prefectures.public import urls

ROOT = settings.BASE_DIR
RUNNING = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
READ_FROM_ENVIRONMENT = re.compile(r'\benv(?:_list|_number)?\("([A-Z_]+)"')
OURS = sorted(name for name, app in get_commands().items() if app == "prefectures")
LINK = re.compile(r"\]\(([^)#]+)\)")


def test_every_setting_of_the_environment_is_documented():
    code = (ROOT / "aes_cms" / "settings.py").read_text(encoding="utf-8")
    asked = set(READ_FROM_ENVIRONMENT.findall(code))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", RUNNING, re.MULTILINE))
    assert told == asked


@pytest.mark.parametrize("command", OURS)
def test_every_command_is_documented(command):
    assert f"`manage.py {command}" in RUNNING


@pytest.mark.parametrize("script", ["server", "serve", "test", "check", "fix"])
def test_every_script_is_in_the_readme(script):
    assert f"script/{script}" in README


@pytest.mark.parametrize(
    "document",
    sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")),
    ids=lambda path: path.name,
)
def test_every_link_between_documents_leads_somewhere(document):
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


@pytest.mark.parametrize(
    "document",
    [ROOT / "prefectures/README.md", *sorted(ROOT.glob("docs/decisions/*.md"))],
    ids=lambda path: path.name,
)
def test_every_module_that_is_named_is_there(document):
    named = re.findall(r"`(\w+(?:/\w+)*/\w+\.py)`", document.read_text(encoding="utf-8"))
    places = [ROOT, ROOT / "prefectures"]
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_the_public_addresses_are_those_of_the_contract():
    names = {pattern.name for pattern in [*urls.urlpatterns, *urls.speaking_to_programs]}
    assert names == {
        "home",
        "search",
        "suggestions",
        "region",
        "departement",
        "commune",
        "commune_lists",
        "commune_initials",
        "communes_of",
        "procedure",
        "history",
        "as_of",
        "document_as_of",
        "changes",
        "changes_of_region",
        "changes_of_departement",
        "feed",
        "feed_of_region",
        "feed_of_departement",
        "map",
        "map_file",
        "data",
        "data_file",
        "data_file_of_region",
        "data_file_of_departement",
        "help_places",
        "help_places_of",
        "glossary",
        "about",
        "accessibility",
        "privacy",
        "legal_notice",
        "brochure_of_region",
        "brochure_of_departement",
        "health",
        "security_txt",
        "robots_txt",
        "sitemap",
        "sitemap_of_site",
        "sitemap_of_departement",
        "service_worker",
    }
