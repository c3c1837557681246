import pytest

from .asking import Site


@pytest.fixture
def site(transactional_db):
    """One process of the server. Its own connection sees what was committed, and nothing else."""
    site = Site()
    yield site
    site.close()


@pytest.fixture
def neighbour(transactional_db):
    """Another process of the same server."""
    neighbour = Site()
    yield neighbour
    neighbour.close()
