"""A database that an earlier edition of the site left is brought to today’s with nothing lost."""

from .own_site import run


def test_what_was_quoted_before_quotations_were_rows_is_quoted_still(tmp_path):
    run("earlier_site", tmp_path)


def test_what_was_sealed_then_is_sealed_still_and_says_what_it_said(tmp_path):
    run("sealed_site", tmp_path)
