"""The one settings file: everything that differs between machines comes from the environment.

``docs/exploitation.md`` lists the variables; a test holds that list to this file.
"""

import contextlib
import os
import secrets
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from . import starting


def env(name, default=""):
    return os.environ.get(name, default).strip()


def env_list(name):
    return [item.strip() for item in env(name).split(",") if item.strip()]


def env_number(name):
    return int(env(name) or starting.NUMBERS[name])


def development_key(path):
    """Return the key kept in ``path``; make it, readable by its owner alone, if there is none."""
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        # A link appears whole and never over another: processes that start together share a key.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


# --- Where we are -----------------------------------------------------------------------------

starting.stop_on(starting.faults(os.environ))
BASE_DIR = starting.BASE_DIR
IS_DEVELOPMENT = env("AES_MODE", "production") == "development"
DEBUG = IS_DEVELOPMENT and env("DEBUG") == "1"
DATA_DIR = starting.data_dir(env("DATA_DIR"))
SECRET_KEY = env("SECRET_KEY")
if not SECRET_KEY and IS_DEVELOPMENT:
    SECRET_KEY = development_key(DATA_DIR / "secret_key")

# Without a slash at its end; in development it may be empty, and is then that of each request.
PUBLIC_ADDRESS = env("PUBLIC_ADDRESS").rstrip("/")
if DEBUG:
    # Its pages of errors show the settings and the code: to this machine only.
    ALLOWED_HOSTS = [".localhost", "127.0.0.1", "[::1]"]
elif IS_DEVELOPMENT:
    # A phone on the same network opens the site by an address nobody knows beforehand.
    ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or ["*"]
else:
    ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or [starting.host_of(PUBLIC_ADDRESS)]
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

# --- Who publishes ----------------------------------------------------------------------------

CONTACT_EMAIL = env("CONTACT_EMAIL", "gisti@gisti.org")
ASSOCIATION_ADDRESS = env("ASSOCIATION_ADDRESS", "3 villa Marcès, 75011 Paris")
PUBLICATION_DIRECTOR = env("PUBLICATION_DIRECTOR")
HOSTING_PROVIDER = env("HOSTING_PROVIDER")
# Of the association's own texts, in the open data: empty, none is claimed.
TEXTS_LICENCE = env("TEXTS_LICENCE")

# --- What it is made of -----------------------------------------------------------------------

INSTALLED_APPS = [
    "prefectures.apps.PrefecturesConfig",
    "prefectures.apps.GuidanceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_prose_editor",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "aes_cms.policy.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "prefectures.languages.speaks_as_addressed",
    "prefectures.utf8.reads_utf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "prefectures.access.sessions.SessionsEndMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
# Those that ask who it is, or pack and mark the answer: a page that is made to be kept does without
# (prefectures/public/cache/making.py). A test holds both ways to the same answers.
MIDDLEWARE_FOR_WHO_ASKS = {
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "prefectures.utf8.reads_utf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "prefectures.access.sessions.SessionsEndMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
}

ROOT_URLCONF = "aes_cms.urls"
WSGI_APPLICATION = "aes_cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "aes_cms.template_loader.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "prefectures.public.context.association",
                "prefectures.public.context.mirror",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------

DATABASES = {"default": starting.database(env("DATABASE_URL"), DATA_DIR)}
# There once this site has a database: one that is absent or empty is refused from then on.
DATABASE_MARKER = DATA_DIR / "known_database"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "prefectures.storage.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        # A deferred transaction that read first cannot be upgraded: it fails at once when busy.
        "transaction_mode": "IMMEDIATE",
        # Whoever writes is done in less; whoever waits longer is told so, with nothing lost.
        "timeout": 5,
        # FULL, not NORMAL: a change that was confirmed to an editor survives a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;"
            # Or what "INSERT OR REPLACE" deletes passes by the triggers that keep the history.
            "PRAGMA recursive_triggers=ON;"
        ),
    }
    # Browser tests read the database from the server's threads: it has to be a file.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options",
        # Compiling a query takes 0.7 s, and spares less in pages (docs/decisions/0012-growth.md).
        "-c lock_timeout=5s -c jit=off",
    )

# Where "manage.py backup" puts what it makes; best on another disk.
BACKUP_DIR = Path(env("BACKUP_DIR") or DATA_DIR / "backups").resolve()

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "prefectures.User"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]

# A code besides the password: always online; in development, for whoever wants to see it.
TWO_FACTOR = not IS_DEVELOPMENT or env("TWO_FACTOR") == "1"
# Seconds: a session ends when nobody has used it for so long, and so long after the sign-in.
SESSION_COOKIE_AGE = 2 * 3600
SESSION_LONGEST = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Seconds that a link to choose a password is good for.
PASSWORD_RESET_TIMEOUT = 24 * 3600

# Wrong passwords and wrong codes: docs/decisions/0029-access.md.
AXES_HANDLER = "prefectures.access.lockout.Handler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "prefectures.access.lockout.as_too_many"
AXES_CLIENT_IP_CALLABLE = "prefectures.access.lockout.address_of"
AXES_USERNAME_CALLABLE = "prefectures.access.lockout.name_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Whom the proxy says that it answers. Without one, as in development, anybody could say anything.
AXES_IPWARE_META_PRECEDENCE_ORDER = (
    ("REMOTE_ADDR",) if IS_DEVELOPMENT else ("HTTP_X_REAL_IP", "REMOTE_ADDR")
)

# --- Mail: how people are told what was done to their account -----------------------------------

EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = env_number("EMAIL_PORT")
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", CONTACT_EMAIL)

# --- Language and time ------------------------------------------------------------------------

# The site is written in French. The public pages speak each language that has a catalogue too:
# adding one is adding its folder (docs/traduire.md).
LANGUAGE_CODE = "fr"
LANGUAGES = starting.languages(LANGUAGE_CODE)
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["aes_cms.formats"]

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Public pages, as they are sent; each process of the server keeps its own.
KEPT_PAGES_BYTES = env_number("KEPT_PAGES_MB") * 2**20

# --- The watch (docs/decisions/0041-watch.md) ---------------------------------------------------

# What was fetched of the pages that sheets rest on stays as evidence, up to this much.
EVIDENCE_MB = env_number("EVIDENCE_MB")
# Networks that it may reach besides those that everybody can: none, and no variable says otherwise.
# Tests name this machine here.
WATCH_ALSO_REACHES = ()

# --- Safety -----------------------------------------------------------------------------------

# Nothing is told to other sites. "no-referrer" would make browsers send "Origin: null" with the
# admin's forms, which Django's CSRF check refuses; public pages, which post nothing, send it.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
# In the session, not in a cookie: they name sheets and people.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "prefectures.admin.resending.csrf_failure"
if not IS_DEVELOPMENT:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Browsers take a cookie of such a name over https only, and from no neighbouring site.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"


def content_hash(text):
    """Return what a content policy calls ``text`` by: whoever adds a sign to it is refused."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def style_hash(*parts):
    return content_hash(
        "".join((BASE_DIR / f"templates/style/{part}.css").read_text("utf-8") for part in parts)
    )


# Inside each public page, which shows a round trip sooner (docs/decisions/0011-cold-page.md).
SITE_STYLE_HASH = style_hash("page", "finding", "sheet", "past", "media")
# Beside it in the page of the map, and in no other.
MAP_STYLE_HASH = style_hash("map")
# The <style> that the rich-text editor (tiptap, django-prose-editor 0.28.0) injects.
EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, SITE_STYLE_HASH, MAP_STYLE_HASH, EDITOR_STYLE_HASH],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# All that browsers ask about, but what pages do: copy an address, and pass themselves on.
ASKED_FOR_BY_NO_PAGE = """
    accelerometer autoplay browsing-topics camera clipboard-read compute-pressure
    display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid
    identity-credentials-get idle-detection local-fonts magnetometer microphone midi
    otp-credentials payment picture-in-picture publickey-credentials-create
    publickey-credentials-get screen-wake-lock serial storage-access usb window-management
    xr-spatial-tracking
    """
PERMISSIONS_POLICY = {feature: [] for feature in ASKED_FOR_BY_NO_PAGE.split()}

# What is sent stays in memory, up to the size of a spreadsheet: nothing is left on disk.
FILE_UPLOAD_HANDLERS = ["prefectures.importexport.upload.BoundedUploadHandler"]
# A full sheet with many steps and links is several hundred fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Besides files. The fullest sheet has a tenth of it; made to be slow, a million signs take 6 s.
DATA_UPLOAD_MAX_MEMORY_SIZE = 800_000

# --- What is written down ---------------------------------------------------------------------

# Errors only, on standard error. Readers leave no trace: no line of ours names an address that
# was asked for and not found, which may hold the words of somebody's search.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{levelname} {name}: {message}", "style": "{"}
        if IS_DEVELOPMENT
        else {"()": "aes_cms.log_lines.JsonLines"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Odd headers of a site that the watch visits, with a traceback: its verdict says enough.
        "urllib3": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # A request that was refused, whose page says so: its host, its address and a traceback.
        "django.security": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
    },
}

FORMS_URLFIELD_ASSUME_HTTPS = True
