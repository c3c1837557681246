"""Templates that show themselves quickly show what Django shows, to the letter."""

from copy import copy
from datetime import date

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import NodeList, Template
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from aes_cms.quick_templates.loader import QuickNodeList


class Sheet:
    title = "Préfecture d’Auch & environs"
    day = date(2026, 3, 1)
    none = None
    steps = ["<un>", mark_safe("<deux>"), 3]
    pairs = [("a", 1), ("b", 2)]

    def called(self):
        return "appelée <b>"

    def needs(self, argument):
        return argument

    def erases(self):
        raise AssertionError("a template must not call it")

    erases.alters_data = True

    @property
    def broken(self):
        raise KeyError("a fault of ours")


VALUES = {
    "sheet": Sheet(),
    "text": "l'été <3",
    "safe": mark_safe("<em>sûr</em>"),
    "empty": "",
    "number": 1234,
    "yes": True,
    "nothing": None,
    "words": ["un", "deux", "trois"],
    "by_name": {"items": "pas la méthode", "text": "dans un dictionnaire"},
}
FILES = {
    "part.html": "[{{ text }}|{{ given|default:'rien' }}]",
    "naming.html": "{% url 'region' 'occitanie' as address %}<{{ address }}>",
    "base.html": "{% block title %}sans titre{% endblock %}"
    "{% if yes %}{% block body %}corps{% endblock %}{% endif %}"
    "{% with text='autre' %}{% block end %}{{ text }}{% endblock %}{% endwith %}",
    "between.html": "{% extends 'base.html' %}{% block body %}<{% block inner %}{% endblock %}>"
    "{% endblock %}",
    "adding.html": "{% extends 'base.html' %}{% block body %}{{ block.super }} et{% endblock %}",
}


def _engine():
    return Engine(
        loaders=[("django.template.loaders.locmem.Loader", FILES)],
        libraries={"sheet": "prefectures.templatetags.sheet"},
    )


ENGINE = _engine()


def shown(source, values=VALUES, *, quickly, autoescape=True):
    """Return what is shown of ``source``, or the error; all templates quickly, or none."""
    asked = ENGINE.get_template

    def get_template(name):
        template = asked(name)
        template.nodelist = QuickNodeList(template)
        return template

    template = Template(source, engine=ENGINE)
    if quickly:
        template.nodelist = QuickNodeList(template)
        template.engine = copy(ENGINE)
        template.engine.get_template = get_template
        template.nodelist.engine = template.engine
    try:
        return template.render(Context({**values}, autoescape=autoescape))
    except Exception as error:
        return type(error), str(error)


def is_the_same(source, **how):
    expected = shown(source, quickly=False, **how)
    assert shown(source, quickly=True, **how) == expected
    return expected


# --- One thing at a time ----------------------------------------------------------------------

NODES = [
    "plain <text>",
    "{{ text }} {{ safe }} {{ number }} {{ yes }} {{ nothing }} {{ missing }}",
    "{{ sheet.title }} {{ sheet.called }} {{ sheet.missing }} {{ sheet.none.more }}",
    "{{ sheet.erases }} {{ sheet.needs }} {{ words.1 }} {{ by_name.items }} {{ by_name.text }}",
    "{{ text|upper }} {{ safe|upper }} {{ safe|lower|default:text }} {{ missing|default:text }}",
    "{{ words|join:', ' }} {{ words|length }} {{ words|slice:':2' }} {{ sheet.steps|join:text }}",
    "{{ text|linebreaksbr }} {{ sheet.day|date:'Y' }} {{ sheet.day }} {{ '<b>' }} {{ 12.5 }}",
    "{% if text %}a{% endif %}{% if missing %}b{% else %}c{% endif %}",
    "{% if missing.more or sheet.none.more %}a{% elif not empty and number > 3 %}b{% endif %}",
    "{% if number > text %}a{% else %}b{% endif %}{% if 'un' in words %}c{% endif %}",
    "{% if not text|add:missing %}a{% endif %}{% if words is words and 1 != 2 %}b{% endif %}",
    "{% if 'z' not in nothing %}a{% else %}b{% endif %}{% if 1 <= 2 and 2 >= 2 %}c{% endif %}",
    "{% for word in words %}{{ forloop.counter }}{{ word }}{% if not forloop.last %},{% endif %}"
    "{% endfor %}",
    "{% for a, b in sheet.pairs %}{{ a }}{{ b }}{{ forloop.first }}{% endfor %}{{ a }}",
    "{% for a in words %}{% for b in a %}{{ forloop.parentloop.counter }}{% endfor %}{% endfor %}",
    "{% for a in words reversed %}{{ a }}{% endfor %}"
    "{% for a in nothing %}{% empty %}0{% endfor %}",
    "{% for a, b in words %}{{ a }}{% endfor %}",
    "{% for a in number %}{{ a }}{% endfor %}",
    "{% for a in words %}{% cycle 'x' 'y' %}{% ifchanged a %}!{% endifchanged %}{% endfor %}",
    "{% with a=text b=sheet.title %}{{ a }}{{ b }}{% with a=1 %}{{ a }}{% endwith %}{{ a }}"
    "{% endwith %}{{ a }}",
    "{% with a=missing %}[{{ a }}]{% endwith %}",
    "{% include 'part.html' %}{% include 'part.html' with given=number %}{{ given }}",
    "{% include 'part.html' with given=missing.more %}{% include 'part.html' only %}",
    "{% include name_of_none %}",
    "{% include 'naming.html' %}{{ address }}{% url 'home' as address %}{{ address }}",
    "{% url 'home' %} {% url 'region' sheet.title %} {% url 'region' slug=text %}",
    "{% url 'region' missing %}",
    "{% autoescape off %}{{ text }}{% include 'part.html' %}{% endautoescape %}{{ text }}",
    "{% filter upper %}{{ text }}{% include 'part.html' %}{% endfilter %}"
    "{% comment %}x{% endcomment %}",
    "{% load sheet %}{% say 'danger' %}{{ sheet.day|day }}{{ safe|rich:'2' }}",
    "{% spaceless %}<p> {% if yes %}<b></b>{% endif %} </p>{% endspaceless %}{% now 'Y' %}",
    "{{ sheet.broken }}",
    "{% if sheet.broken %}a{% endif %}",
    "{% if not sheet.broken %}a{% else %}b{% endif %}",
]


@pytest.mark.parametrize("source", NODES)
def test_a_node_shows_what_django_shows(source):
    is_the_same(source)


@pytest.mark.parametrize("source", NODES)
def test_so_it_does_where_nothing_is_escaped(source):
    is_the_same(source, autoescape=False)


@pytest.mark.parametrize(
    "source",
    [
        "{% extends 'base.html' %}",
        "{% extends 'base.html' %}{% block title %}{{ text }}{% endblock %}",
        "{% extends 'base.html' %}{% block body %}{{ block.super }} et {{ text }}{% endblock %}",
        "{% extends 'between.html' %}{% block inner %}{{ text }}{% endblock %}"
        "{% block end %}{% for word in words %}{{ word }}{% endfor %}{% endblock %}",
        "{% extends 'between.html' %}{% block body %}à la place{% endblock %}",
        "{% extends 'adding.html' %}{% block title %}{{ text }}{% endblock %}",
        "{% extends parent %}{% block title %}{{ text }}{% endblock %}",
        "{% block title %}{% if yes %}{{ text }}{% endif %}{% endblock %}{% include 'base.html' %}",
    ],
)
def test_blocks_take_the_place_of_those_of_the_parent(source):
    is_the_same(source, values=VALUES | {"parent": "base.html"})


def test_a_variable_that_does_not_exist_is_django_s_to_complain_of(monkeypatch):
    monkeypatch.setattr(ENGINE, "string_if_invalid", "manque : %s")
    assert is_the_same("{{ missing.more }}") == "manque : missing.more"


def test_a_template_that_is_not_found_is_django_s_to_complain_of():
    assert is_the_same("{% include 'nowhere.html' %}")[1] == "nowhere.html"


# --- Any of them ------------------------------------------------------------------------------

NAMES = st.sampled_from(
    ["text", "safe", "number", "missing", "nothing", "empty", "words", "sheet.title", "item",
     "sheet.none", "sheet.none.more", "sheet.called", "by_name.text", "forloop.counter", "'<b>'"]
)  # fmt: skip
FILTERS = st.sampled_from(
    ["", "|upper", "|default:text", "|default:'<i>'", "|length", "|safe", "|linebreaksbr",
     "|escape", "|join:text", "|add:number", "|yesno"]
)  # fmt: skip
VALUE = st.builds("{}{}{}".format, NAMES, FILTERS, FILTERS)
CONDITION = st.recursive(
    VALUE,
    lambda inner: (
        st.builds("not {}".format, inner)
        | st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("{} {} {}".format, VALUE, st.sampled_from(["==", "!=", ">", "<=", "in"]), VALUE)
    ),
    max_leaves=3,
)
LEAF = (
    st.builds("{{{{ {} }}}}".format, VALUE)
    | st.sampled_from(["texte <", "{% include 'part.html' %}", "{% include 'naming.html' %}"])
    | st.builds("{{% include 'part.html' with given={} %}}".format, VALUE)
)
SOURCE = st.recursive(
    LEAF,
    lambda inner: (
        st.builds("{}{}".format, inner, inner)
        | st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, CONDITION, inner, inner)
        | st.builds(
            "{{% for item in {} %}}{}{{% empty %}}{}{{% endfor %}}".format, VALUE, inner, inner
        )
        | st.builds("{{% with item={} %}}{}{{% endwith %}}".format, VALUE, inner)
        | st.builds("{{% autoescape off %}}{}{{% endautoescape %}}".format, inner)
        | st.builds("{{% filter upper %}}{}{{% endfilter %}}".format, inner)
    ),
    max_leaves=8,
)


@given(SOURCE)
def test_any_template_shows_what_django_shows(source):
    try:
        Template(source, engine=ENGINE)
    except TemplateSyntaxError:
        return
    is_the_same(source)


def test_the_templates_of_public_pages_are_shown_quickly_and_those_of_the_admin_are_not():
    names = ("prefectures/home.html", "404.html", "admin/desk.html", "registration/logged_out.html")
    shown = [get_template(name).template.nodelist for name in names]
    assert [isinstance(nodes, QuickNodeList) for nodes in shown] == [True, True, False, False]


def test_a_template_is_read_once(monkeypatch):
    template = Template("{% for word in words %}{{ word }}{% endfor %}", engine=ENGINE)
    template.nodelist = QuickNodeList(template)
    template.render(Context(VALUES))
    monkeypatch.setattr(NodeList, "render", None)
    assert template.render(Context(VALUES)) == "undeuxtrois"
