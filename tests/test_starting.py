"""What keeps the site from starting: each fault of its settings, in one French sentence."""

import os

import pytest

from aes_cms.starting import WHY_NOT, faults, host_of, stop_on

KEY = "une-cle-de-test-assez-longue-pour-la-verification-de-django-0123456789"
ADDRESS = "https://guide.example.org"


@pytest.fixture
def said(tmp_path):
    """Return a function that gives the faults of a production site with these variables."""

    def said(*, at_start=False, **variables):
        sound = {"SECRET_KEY": KEY, "PUBLIC_ADDRESS": ADDRESS, "DATA_DIR": str(tmp_path / "data")}
        return faults(sound | variables, at_start=at_start)

    return said


def test_two_variables_are_enough_for_a_production_site(said):
    assert said(at_start=True) == []


def test_development_needs_none(tmp_path):
    variables = {"AES_MODE": "development", "DATA_DIR": str(tmp_path), "ALLOWED_HOSTS": "*"}
    assert faults(variables, at_start=True) == []


@pytest.mark.parametrize(
    ("variables", "beginning"),
    [
        ({"AES_MODE": "prod"}, "AES_MODE=prod : ce mode est inconnu."),
        ({"SECRET_KEY": ""}, "SECRET_KEY est vide : "),
        ({"SECRET_KEY": "x1y2z3" * 8}, "SECRET_KEY a moins de 50 signes : "),
        ({"SECRET_KEY": "abcd" * 20}, "SECRET_KEY a moins de 5 signes différents : "),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY commence par « django-insecure- »"),
        ({"PUBLIC_ADDRESS": ""}, "PUBLIC_ADDRESS est vide : "),
        *(
            ({"PUBLIC_ADDRESS": wrong}, f"PUBLIC_ADDRESS={wrong} : donnez l’adresse du site, ")
            for wrong in (
                "guide.example.org",
                "http://guide.example.org",
                "https://guide.example.org/aes",
                "https://guide.example.org?a=b",
                "https://claire@guide.example.org",
                "https://guide example.org",
                "https://[::1",
                "https://",
                "https://-a.example.org",
            )
        ),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS=* ferait répondre"),
        ({"ALLOWED_HOSTS": "autre.example.org"}, "ALLOWED_HOSTS n’a pas guide.example.org, "),
        (
            {"ALLOWED_HOSTS": "guide.example.org,https://a.org"},
            "ALLOWED_HOSTS : « https://a.org » n’est pas un nom de machine.",
        ),
        (
            {"CSRF_TRUSTED_ORIGINS": "https://a.org,b.org"},
            "CSRF_TRUSTED_ORIGINS : « b.org » n’est pas une origine.",
        ),
        ({"CSRF_TRUSTED_ORIGINS": "https://a.org/"}, "CSRF_TRUSTED_ORIGINS : "),
        *(
            ({"DATABASE_URL": wrong}, "DATABASE_URL n’est pas l’adresse d’une base : ")
            for wrong in (
                "base",
                "mysql://aes:mot@machine/base",
                "postgres://aes:mot@machine:port/base",
                "postgres://aes:mo#t@machine/base",
                "postgres://machine",
                "postgres://[::1/base",
            )
        ),
        ({"KEPT_PAGES_MB": "-1"}, "KEPT_PAGES_MB=-1 : il faut un nombre entier"),
    ],
    ids=str,
)
def test_a_fault_is_one_sentence_that_says_what_to_set(said, variables, beginning):
    [sentence] = said(**variables)
    assert sentence.replace("\u00a0", " ").startswith(beginning)
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "variables",
    [
        {"AES_MODE": "production"},
        {"PUBLIC_ADDRESS": "https://guide.example.org/"},
        {"PUBLIC_ADDRESS": "https://Guide.Example.org:8443", "ALLOWED_HOSTS": "guide.example.org"},
        {"PUBLIC_ADDRESS": "https://[2001:db8::1]", "ALLOWED_HOSTS": "[2001:db8::1]"},
        {"ALLOWED_HOSTS": ".example.org"},
        {"ALLOWED_HOSTS": "www.example.org,GUIDE.example.org"},
        {"CSRF_TRUSTED_ORIGINS": "https://*.example.org,https://a.org:8443"},
        {"DATABASE_URL": "postgres://aes:mo%23t@machine:5432/base"},
        {"DATABASE_URL": "postgres://aes@%2Frun%2Fpostgresql/base"},
        {"KEPT_PAGES_MB": "8"},
    ],
    ids=str,
)
def test_what_is_right_passes(said, variables):
    assert said(**variables) == []


def test_no_secret_is_said_again(said):
    told = said(SECRET_KEY="petitsecret", DATABASE_URL="postgres://a:motdepasse@h:p/b")
    assert len(told) == 2
    assert "petitsecret" not in str(told)
    assert "motdepasse" not in str(told)


def test_the_name_in_an_address_is_that_of_allowed_hosts():
    assert host_of("https://Guide.example.org:8443") == "guide.example.org"
    assert host_of("https://[2001:db8::1]") == "[2001:db8::1]"
    assert host_of("guide.example.org") == ""


# --- The data ---------------------------------------------------------------------------------


def test_a_folder_of_data_that_is_a_file_is_told(said, tmp_path):
    (tmp_path / "file").touch()
    [sentence] = said(DATA_DIR=str(tmp_path / "file"))
    assert "ne peut pas écrire dans ce dossier\u00a0: ce n’est pas un dossier." in sentence


@pytest.mark.parametrize("number", WHY_NOT)
def test_a_folder_of_data_in_which_nothing_can_be_written_stops_the_start_alone(
    said, monkeypatch, number
):
    def refuse(**options):
        raise OSError(number, os.strerror(number))

    # Whoever runs the tests may be allowed to write anywhere.
    monkeypatch.setattr("aes_cms.starting.TemporaryFile", refuse)
    [sentence] = said(at_start=True)
    assert WHY_NOT[number] in sentence
    assert os.strerror(number) not in sentence
    assert said() == []


def test_a_database_that_another_user_has_made_theirs_is_told(said, tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("aes.sqlite3", "aes.sqlite3-wal"):
        (folder / name).touch()
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("-wal"))
    [sentence] = said(at_start=True)
    assert f"{folder / 'aes.sqlite3-wal'}\u00a0: donnez ce fichier à l’utilisateur" in sentence


def test_the_end_says_all_of_them_and_bears_a_one():
    with pytest.raises(SystemExit, match="un\ndeux"):
        stop_on(["un", "deux"])
    stop_on([])
