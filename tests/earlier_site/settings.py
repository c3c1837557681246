"""The site’s own settings, with a database of its own: what an earlier edition of it left."""

from aes_cms.settings import *  # noqa: F403
from aes_cms.settings import DATABASES

DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}_earlier_site"}
