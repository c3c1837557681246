"""What would take too long to set is known before it is begun."""

from prefectures.brochure import blocks
from prefectures.brochure.rich import rich
from prefectures.brochure.weight import is_too_heavy

from .booklets import booklet


def test_a_sheet_as_people_write_them_is_light():
    assert not is_too_heavy(booklet(*[blocks.said("Envoyez votre dossier par la poste.")] * 500))


def test_ten_thousand_items_of_a_list_are_not_too_much_once_and_are_three_times():
    items = rich(f"<ul>{'<li>a</li>' * 4000}</ul>", 3)
    assert not is_too_heavy(booklet(*items))
    assert is_too_heavy(booklet(*items * 3))


def test_a_text_without_end_is_too_much():
    assert is_too_heavy(booklet(blocks.quote([blocks.said("中" * 400_000)])))
