"""A page is made again when the database answers one of its questions otherwise, and only then."""

from datetime import date

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from prefectures.models import ContentVersion, GlossaryTerm, Procedure
from prefectures.public.cache.questions import Questions, conclusion

from ...models.making import edited, written
from .asking import KEPT

CAHORS = KEPT["procedure"]
# And a département without sheets, whose page asks more.
PAGES = [*KEPT.values(), "/departements/69-rhone/"]


def made(site):
    """Return the addresses of the pages that were made since this was asked last."""
    addresses = [environ["PATH_INFO"] for environ in site.asked]
    site.asked.clear()
    return addresses


def move():
    """Have the content move as by a change that no page shows."""
    with transaction.atomic():
        ContentVersion.move()


@pytest.fixture
def read(site):
    """The site, whose pages have all been read."""
    before = {address: site.get(address) for address in PAGES}
    assert made(site) == PAGES
    site.before = before
    return site


# --- Pages ------------------------------------------------------------------------------------


def test_a_change_that_no_page_shows_has_none_made_anew(read):
    for _ in range(3):
        move()
        for address in PAGES:
            again = read.get(address)
            assert (again.status, again.body) == (200, read.before[address].body)
            assert again.headers["ETag"] == read.before[address].headers["ETag"]
    assert made(read) == []


def test_a_change_of_a_sheet_has_the_pages_made_that_show_it_and_no_other(read):
    edited(Procedure.objects.get(departement="46"), headline="Une autre façon.")
    assert "Une autre façon." in read.get(CAHORS).text
    for address in PAGES:
        read.get(address)
    assert made(read) == [
        CAHORS,
        "/",
        "/regions/occitanie/changements/",
        "/regions/occitanie/changements.atom",
        "/changements/",
        "/changements.atom",
        "/carte/",
        "/carte.csv",
        "/donnees/",
        "/donnees/fiches.json",
        "/donnees/regions/occitanie/liens.csv",
        "/regions/occitanie.pdf",
        "/sitemap.xml",
        "/sitemap-pages.xml",
    ]


def test_a_list_of_communes_is_made_anew_where_a_sheet_has_another_name_and_no_more(site):
    lists = ["/communes/46-lot/", "/communes/46-lot/c/"]
    for address in lists:
        site.get(address)
    made(site)
    sheet = Procedure.objects.get(departement="46")
    edited(sheet, headline="Une autre façon.")
    for address in lists:
        site.get(address)
    assert made(site) == []
    edited(sheet, title="Préfecture du Lot")
    assert "Préfecture du Lot" in site.get(lists[1]).text
    site.get(lists[0])
    assert made(site) == [lists[1], lists[0]]


def test_a_new_word_has_all_pages_made_whose_words_are_explained(read):
    written(GlossaryTerm, slug="essai", term="Un essai", explanation="Ce que l’on essaie.")
    for address in (CAHORS, "/a-propos/", "/glossaire/"):
        read.get(address)
    assert made(read) == [CAHORS, "/a-propos/", "/glossaire/"]


def test_a_page_that_was_not_made_anew_tells_the_date_of_the_last_change(read):
    # A browser that had another page in between, from another process, must not take it for this.
    read.front.started = 0
    pages = read.front.shelf._pages
    began = []
    for second in (2_000_000_000, 2_000_000_060):
        ContentVersion.objects.update(moved_second=second)
        read.later()
        read.get(CAHORS)
        began.append(next(reversed(pages.values()))[0].began)
    assert made(read) == []
    assert began == [2_000_000_000, 2_000_000_060]


def test_what_was_packed_stays_packed(read):
    for _ in range(2):
        packed = read.get(CAHORS, HTTP_ACCEPT_ENCODING="br")
    move()
    page = read.get(CAHORS, HTTP_ACCEPT_ENCODING="br")
    assert page.body == packed.body
    assert made(read) == []


def test_another_day_has_every_page_made_as_it_tells_ages(read, today):
    today(date(2030, 1, 1))
    read.later()
    read.get(CAHORS)
    assert made(read) == [CAHORS]


def test_a_page_that_changes_while_it_is_looked_at_is_not_kept_for_the_moment_before(
    read, monkeypatch
):
    sheet, same = Procedure.objects.get(departement="46"), Questions.have_the_same_answers

    def changed_meanwhile(questions):
        answer = same(questions)
        edited(sheet, headline="Publiée entre-temps.")
        return answer

    move()
    with monkeypatch.context() as patched:
        patched.setattr(Questions, "have_the_same_answers", changed_meanwhile)
        assert "Publiée entre-temps." not in read.get(CAHORS).text
    assert "Publiée entre-temps." in read.get(CAHORS).text


def test_looking_whether_a_page_is_right_asks_what_making_it_asked(read):
    move()
    with CaptureQueriesContext(connection) as looking:
        read.get(CAHORS)
    assert made(read) == []
    with CaptureQueriesContext(connection) as making:
        read.made_anew(CAHORS)
    assert [one["sql"] for one in looking] == [one["sql"] for one in making]


def test_a_database_that_does_not_answer_leaves_it_to_django(read):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("no database")

    move()
    with connection.execute_wrapper(refuse):
        assert read.get("/a-propos/").status == 503
    assert read.get("/a-propos/").status == 200
    assert made(read) == ["/a-propos/", "/a-propos/"]


def test_a_page_that_writes_is_made_each_time(site):
    def writes(environ, start_response):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE prefectures_ground SET slug = slug")
        return WSGIHandler()(environ, start_response)

    site.front.making = site._asking(writes)
    for _ in range(2):
        site.get(CAHORS)
        move()
    assert made(site) == [CAHORS, CAHORS]


# --- Questions --------------------------------------------------------------------------------

TABLE = "test_questions"
ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1)),
        st.one_of(st.none(), st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]))),
    ),
    max_size=4,
)
WAYS = {
    "all": lambda cursor: cursor.fetchall(),
    "some": lambda cursor: [*iter(lambda: cursor.fetchmany(2), [])],
    "one": lambda cursor: [*iter(cursor.fetchone, None)],
    "each": list,
}


@pytest.fixture
def table(db):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {TABLE} (place integer, number integer, word text)")
        yield cursor
        cursor.execute(f"DROP TABLE {TABLE}")


def fill(cursor, rows):
    cursor.execute(f"DELETE FROM {TABLE}")
    for place, (number, word) in enumerate(rows):
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s, %s, %s)", [place, number, word])


def ask(way, at_least=0):
    questions = Questions()
    with questions.noted(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {TABLE} WHERE place >= %s ORDER BY place", [at_least])
        WAYS[way](cursor)
    return questions


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_is_the_same_where_its_rows_are(table, way):
    @given(ROWS, ROWS)
    def hold(before, after):
        fill(table, before)
        questions = ask(way)
        assert questions.have_the_same_answers()
        fill(table, after)
        assert questions.have_the_same_answers() == (before == after)

    hold()


def test_each_question_has_its_own_answer(table):
    fill(table, [(1, "un"), (2, "deux")])
    questions = Questions()
    with questions.noted():
        for at_least in (0, 1):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {TABLE} WHERE place >= %s", [at_least])
                cursor.fetchall()
    assert questions.have_the_same_answers()
    fill(table, [(1, "un"), (2, "trois")])
    assert not questions.have_the_same_answers()


def test_what_was_not_read_to_its_end_is_another_answer(table):
    fill(table, [(1, "un"), (2, "deux")])
    questions = Questions()
    with questions.noted(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {TABLE}")
        cursor.fetchone()
    assert not questions.have_the_same_answers()


def test_where_nothing_was_asked_nothing_can_be_answered_otherwise():
    assert Questions().have_the_same_answers()


@conclusion
def how_many_from(number):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {TABLE} WHERE number >= %s", [number])
        return len(cursor.fetchall())


def test_a_conclusion_is_asked_in_place_of_what_it_asks(table):
    fill(table, [(1, "un"), (2, "deux")])
    questions = Questions()
    with questions.noted():
        assert how_many_from(2) == 1
    assert [(name, values) for name, values, _ in questions.answered] == [("how_many_from", (2,))]
    fill(table, [(1, "un"), (3, "trois")])
    assert questions.have_the_same_answers()
    fill(table, [(2, "un"), (3, "trois")])
    assert not questions.have_the_same_answers()


def test_what_is_asked_after_a_conclusion_that_failed_is_noted(table):
    questions = Questions()
    with questions.noted():
        with pytest.raises(TypeError):
            how_many_from()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {TABLE}")
            cursor.fetchall()
    assert len(questions.answered) == 1


def test_where_nobody_notes_a_conclusion_is_its_answer(table):
    fill(table, [(1, "un")])
    assert how_many_from(1) == 1


def test_many_values_at_once_are_no_question(table):
    questions = Questions()
    with questions.noted(), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} VALUES (%s, 1, 'un')", [[1], [2]])
    assert not questions.have_the_same_answers()


def test_questions_weigh_what_they_say(table):
    one, two = ask("all"), ask("all", at_least=123_456)
    assert two.weight - one.weight == len("123456") - len("0")
