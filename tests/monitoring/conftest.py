import pytest

from .local_site import LocalSite


@pytest.fixture
def local_site(settings, tmp_path):
    """A site of this machine, which the watch of this test may reach."""
    settings.WATCH_ALSO_REACHES = ("127.0.0.0/8",)
    settings.DATA_DIR = tmp_path
    with LocalSite() as site:
        yield site
