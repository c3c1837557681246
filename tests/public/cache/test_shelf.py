import threading

from hypothesis import given
from hypothesis import strategies as st

from prefectures.public.cache.shelf import Shelf


class Sheet:
    def __init__(self, weight):
        self.weight = weight


def test_a_page_is_found_at_its_moment_only():
    shelf, page = Shelf(100), Sheet(10)
    shelf.put("monday", "/", page)
    assert shelf.get("monday", "/") is page
    assert shelf.get("tuesday", "/") is None
    assert shelf.get("monday", "/") is None
    assert shelf.bytes == 0


def test_what_was_read_least_recently_goes_first():
    shelf = Shelf(30)
    for key in "abc":
        shelf.put("now", key, Sheet(10))
    shelf.get("now", "a")
    shelf.put("now", "d", Sheet(10))
    assert [key for key in "abcd" if shelf.get("now", key)] == ["a", "c", "d"]


def test_a_page_larger_than_the_shelf_is_not_kept():
    shelf = Shelf(30)
    shelf.put("now", "a", Sheet(10))
    shelf.put("now", "b", Sheet(31))
    assert (len(shelf), shelf.bytes) == (0, 0)


def test_a_page_that_grew_is_weighed_again():
    shelf, page = Shelf(30), Sheet(10)
    shelf.put("now", "a", page)
    page.weight = 25
    shelf.put("now", "a", page)
    assert (len(shelf), shelf.bytes) == (1, 25)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 40))))
def test_the_shelf_never_holds_more_than_it_may(puts):
    shelf, held = Shelf(60), {}
    for moment, key, weight in puts:
        shelf.put(moment, key, Sheet(weight))
        held = {k: page for k in range(10) if (page := shelf.get(moment, k))}
        assert shelf.bytes == sum(page.weight for page in held.values()) <= 60
        assert len(shelf) == len(held)


def test_a_page_is_made_by_one_thread_while_the_others_wait():
    shelf, made, together = Shelf(100), [], threading.Barrier(8)

    def ask():
        together.wait()
        with shelf.alone("/"):
            if not shelf.get("now", "/"):
                made.append(threading.current_thread())
                shelf.put("now", "/", Sheet(1))

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(made) == 1
    assert shelf._making == {}


def test_a_page_that_fails_leaves_nobody_waiting():
    shelf = Shelf(100)
    try:
        with shelf.alone("/"):
            raise RuntimeError
    except RuntimeError:
        pass
    with shelf.alone("/"):
        assert shelf.get("now", "/") is None
