"""Declaring a kind of row is enough: ``tests/made_up_kind`` does it, in a site of its own."""

from ..own_site import run


def test_a_kind_of_row_that_was_only_declared_is_seen_everywhere(tmp_path):
    """It adds a table and a model: another process keeps them out of all the other tests."""
    run("made_up_kind", tmp_path)
