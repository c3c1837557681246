"""The site’s own settings, with a database of its own: what an edition with seals left."""

from aes_cms.settings import *  # noqa: F403
from aes_cms.settings import DATABASES

DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}_sealed_site"}
