"""The site’s own settings, with one kind of row more."""

from aes_cms.settings import *  # noqa: F403
from aes_cms.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.made_up_kind"]
DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}_made_up_kind"}
