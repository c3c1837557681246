import threading

from hypothesis import given
from hypothesis import strategies as st

from prefectures.public.cache.shelf import Shelf


class Sheet:
    def __init__(self, weight):
        self.weight = weight


def test_what_was_read_least_recently_goes_first():
    shelf = Shelf(30)
    for key in "abc":
        shelf.put(key, Sheet(10))
    shelf.get("a")
    shelf.put("d", Sheet(10))
    assert [key for key in "abcd" if shelf.get(key)] == ["a", "c", "d"]


def test_a_page_larger_than_the_shelf_is_not_kept():
    shelf = Shelf(30)
    shelf.put("a", Sheet(10))
    shelf.put("b", Sheet(31))
    assert (len(shelf), shelf.bytes) == (0, 0)


def test_a_page_that_is_dropped_leaves_its_room():
    shelf = Shelf(30)
    shelf.put("a", Sheet(10))
    shelf.drop("a")
    shelf.drop("b")
    assert (shelf.get("a"), len(shelf), shelf.bytes) == (None, 0, 0)


def test_a_page_that_grew_is_weighed_again():
    shelf, page = Shelf(30), Sheet(10)
    shelf.put("a", page)
    page.weight = 25
    shelf.put("a", page)
    assert (len(shelf), shelf.bytes) == (1, 25)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40))))
def test_the_shelf_never_holds_more_than_it_may(puts):
    shelf, held = Shelf(60), {}
    for key, weight in puts:
        shelf.put(key, Sheet(weight))
        held = {k: page for k in range(10) if (page := shelf.get(k))}
        assert shelf.bytes == sum(page.weight for page in held.values()) <= 60
        assert len(shelf) == len(held)


def test_a_page_is_made_by_one_thread_while_the_others_wait():
    shelf, made, together = Shelf(100), [], threading.Barrier(8)

    def ask():
        together.wait()
        with shelf.alone("/"):
            if not shelf.get("/"):
                made.append(threading.current_thread())
                shelf.put("/", Sheet(1))

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
        assert shelf.get("/") is None
