"""The answer that a page begins with, derived from the steps of its sheet."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefectures.models import Channel, Contact, Link, Procedure, Quotation, Step
from prefectures.public.wording import answer, is_in_vain, refusals, sentence
from prefectures.public.wording.answer import CLOSED

Kind, Role = Step.Kind, Step.Role


def sheet(*steps, **fields):
    """Return a sheet that no database knows; ``steps`` are of one group each, or as they say."""
    made = Procedure(pk=1, **fields)
    rows = {
        "steps": [
            Step(pk=number, number=number, procedure=made, **{"group": number, **step})
            for number, step in enumerate(steps, 1)
        ]
    }
    for step in rows["steps"]:
        step.fill_in()
    for relation, model in (("steps", Step), ("links", Link), ("quotations", Quotation),
                            ("contacts", Contact)):  # fmt: skip
        found = model.objects.all()
        found._result_cache = rows.get(relation, [])
        made.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found
    return made


def one_after_the_other(*kinds):
    return sheet(*({"kind": kind} for kind in kinds))


def at_choice(*kinds):
    return sheet(*({"kind": kind, "group": 1} for kind in kinds))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (one_after_the_other("post"), "envoyez votre dossier par la poste"),
        (
            one_after_the_other("book_online", "counter"),
            "prenez rendez-vous en ligne, puis déposez votre dossier au guichet",
        ),
        (
            at_choice("email", "post"),
            "envoyez votre dossier par courriel ou par la poste",
        ),
        (
            at_choice("post", "drop_box"),
            "envoyez votre dossier par la poste ou déposez-le dans la boîte aux lettres",
        ),
        (
            sheet({"kind": "other", "role": "form"}, {"kind": "post", "registered": "required"}),
            "envoyez votre dossier en recommandé",
        ),
        (
            one_after_the_other("post", "wait_for_summons", "telephone"),
            "envoyez votre dossier par la poste",
        ),
        (sheet({"kind": "email", "role": "not_stated"}), "envoyez un courriel"),
        (sheet({"kind": "other", "role": "form"}), "téléchargez le formulaire et remplissez-le"),
        (
            sheet({"kind": "counter", "is_owed": True}, {"kind": "post"}),
            "envoyez votre dossier par la poste",
        ),
        (sheet({"kind": "counter", "is_owed": True}), "déposez votre dossier au guichet"),
        (sheet(), "nous ne savons pas encore comment faire"),
        (sheet(headline="Écrivez."), "voici ce que nous savons"),
    ],
)
def test_the_answer_follows_the_steps(made, said):
    assert answer(made) == said


def test_an_answer_of_many_acts_leaves_the_rest_to_the_steps():
    made = one_after_the_other("book_online", "email", "post", "counter")
    assert answer(made).endswith(", puis suivez les étapes")
    assert answer(made).count("puis") == 2


def test_what_is_refused_is_not_the_answer():
    made = sheet(
        {"kind": "post", "group": 1}, {"kind": "email", "group": 1}, refused_channels=["postal"]
    )
    assert answer(made) == "envoyez votre dossier par courriel"


def test_where_all_that_is_known_is_refused_the_answer_says_so():
    made = sheet({"kind": "post"}, refused_channels=["postal"])
    assert answer(made) == "la préfecture refuse la façon de faire que nous connaissons"


def test_who_has_an_appointment_is_received_where_others_are_not():
    made = sheet({"kind": "book_online"}, {"kind": "counter"}, refused_channels=["on_site"])
    assert answer(made).endswith("déposez votre dossier au guichet")
    assert refusals(made) == ["Sans rendez-vous, vous ne serez pas reçu·e au guichet."]


def test_a_way_that_is_refused_for_the_file_may_still_obtain_an_appointment():
    made = sheet(
        {"kind": "post", "role": "appointment"}, {"kind": "counter"}, refused_channels=["postal"]
    )
    assert answer(made).startswith("demandez un rendez-vous par la poste")
    assert refusals(made) == ["Pas de dossier par la poste\u00a0: refusé."]


def test_what_a_court_imposed_is_not_refused_a_second_time():
    made = sheet({"kind": "post", "is_owed": True}, refused_channels=["postal"])
    assert not is_in_vain(made.steps.all()[0], made)


def test_a_letter_box_is_open_where_nobody_is_received():
    made = sheet({"kind": "drop_box"}, refused_channels=["on_site"])
    assert answer(made) == "déposez votre dossier dans la boîte aux lettres"
    assert refusals(made)[0].startswith("N’allez pas au guichet")


@pytest.mark.parametrize("situation", CLOSED)
def test_a_closed_sheet_answers_that_it_is_closed(situation):
    made = sheet({"kind": "post"}, situation=situation)
    assert answer(made) == CLOSED[situation]


def test_what_only_others_left_unsaid_is_not_laid_to_the_prefecture():
    made = sheet(situation="not_stated")
    assert answer(made) == "la préfecture ne dit pas comment faire"
    made._prefetched_objects_cache["quotations"]._result_cache = [Quotation(publisher="press")]
    assert answer(made) == "nous ne savons pas ce que demande la préfecture"


def test_the_file_is_named_once_among_three_ways():
    made = sheet(*({"kind": kind, "group": 1} for kind in ("book_online", "post", "drop_box")))
    assert answer(made) == (
        "prenez rendez-vous en ligne ou envoyez votre dossier par la poste ou déposez-le dans la "
        "boîte aux lettres"
    )


STEPS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Kind.values),
        "role": st.sampled_from(["", *Role.values]),
        "group": st.integers(1, 4),
        "is_owed": st.booleans(),
    }
)


@given(
    steps=st.lists(STEPS, max_size=8),
    refused=st.lists(st.sampled_from(Channel.values), unique=True),
    situation=st.sampled_from(Procedure.Situation.values),
)
def test_any_sheet_has_an_answer_that_reads_as_one(steps, refused, situation):
    steps = sorted(steps, key=lambda step: step["group"])
    made = sheet(*steps, refused_channels=refused, situation=situation)
    said = answer(made)
    assert said
    assert said[0].islower()
    assert "  " not in said
    assert not said.endswith((".", ",", " "))
    assert said.count(", puis ") <= 2
    assert "votre dossier" not in said.partition("votre dossier")[2].partition(", puis ")[0]
    assert sentence(made)[0].isupper()


@given(
    kinds=st.lists(st.sampled_from(Kind.values), min_size=1, max_size=4),
    refused=st.lists(st.sampled_from(Channel.values), unique=True),
)
def test_an_answer_never_names_a_way_that_is_refused(kinds, refused):
    made = sheet(*({"kind": kind} for kind in kinds), refused_channels=refused)
    in_vain = [step for step in made.steps.all() if is_in_vain(step, made)]
    open_acts = {step.kind for step in made.steps.all()} - {step.kind for step in in_vain}
    said = answer(made)
    for kind, words in (("post", "poste"), ("email", "dossier par courriel")):
        if kind not in open_acts:
            assert words not in said


def test_every_pair_of_ways_at_choice_is_joined_by_one_or():
    for first, second in itertools.permutations(["post", "email", "drop_box", "counter"], 2):
        said = answer(at_choice(first, second))
        assert said.count(" ou ") == 1
        assert said.count("dossier") == 1
