"""The answer of a sheet: in one sentence what one does, or why one cannot."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import pgettext

from ...models import Channel, Step
from .sentences import said
from .steps import act_and_way, by_way, is_in_vain

Role = Step.Role

# More would be read by nobody: the steps say the rest.
MOST_ACTS = 3
AND_SO_ON = noop("suivez les étapes")

CLOSED = {
    "suspended": noop("la préfecture a suspendu les demandes"),
    "blocked": noop("en pratique, la demande est bloquée"),
    "not_offered": noop("cette demande ne se dépose pas ici"),
    "not_applicable": noop("cette demande n’existe pas ici"),
}
ENDED = noop("cette façon de faire n’est plus valable")
NOT_BEGUN = noop("cette façon de faire n’est pas encore valable")
NOT_STATED = noop("la préfecture ne dit pas comment faire")
# Nobody can say what a préfecture leaves unsaid who has only read others.
NOT_STATED_BY_OTHERS = noop("nous ne savons pas ce que demande la préfecture")
AS_GISTI_SAYS = noop("voici ce que nous savons")
ALL_REFUSED = noop("la préfecture refuse la façon de faire que nous connaissons")


def answer(sheet):
    """Return what to do, to follow the name of a place: "envoyez votre dossier par la poste"."""
    return closing(sheet) or _unsaid(sheet) or orders(sheet) or _none(sheet)


def sentence(sheet):
    """Return the answer as a sentence of its own."""
    words = answer(sheet)
    return _("%(answer)s.") % {"answer": f"{words[:1].upper()}{words[1:]}"}


def closing(sheet):
    """Return why nobody can file as the sheet says, or ""."""
    if sheet.has_ended:
        return _(ENDED)
    if sheet.has_not_begun:
        return _(NOT_BEGUN)
    return _(CLOSED[sheet.situation]) if sheet.situation in CLOSED else ""


def _unsaid(sheet):
    if sheet.situation == sheet.Situation.NOT_STATED:
        return _(NOT_STATED if sheet.speaks_for_the_state else NOT_STATED_BY_OTHERS)
    return said("unknown") if sheet.situation == sheet.Situation.UNKNOWN else ""


def _none(sheet):
    if list(sheet.steps.all()):
        return _in_order(sheet, lambda step: step.is_owed) or _(ALL_REFUSED)
    return _(AS_GISTI_SAYS) if sheet.headline else said("unknown")


def orders(sheet):
    """Return the acts of the steps that lead to filing: one after the other, "ou" between ways."""
    # What a court imposed is no way that the préfecture offers.
    return _in_order(sheet, lambda step: not (step.is_owed or is_in_vain(step, sheet)))


def _in_order(sheet, is_open):
    groups = (_acts(sheet, group, is_open) for group in sheet.step_groups)
    acts = list(dict.fromkeys(_joined(group) for group in groups if group))
    if len(acts) > MOST_ACTS:
        acts = [*acts[: MOST_ACTS - 1], _(AND_SO_ON)]
    return pgettext("étapes", ", puis ").join(_lowered(act) for act in acts)


LEADING = {Role.FILES, Role.APPOINTMENT, Role.NOT_STATED}


def _acts(sheet, group, is_open):
    """Return (act, way) of the steps of ``group`` that the answer names."""
    steps = sheet.steps.all()
    leading = [step for step in steps if step.role in LEADING and _is_an_act(step)]
    named = leading or [step for step in steps if _is_an_act(step)] or steps
    return [act_and_way(step) for step in group if step in named and is_open(step)]


def _is_an_act(step):
    return step.kind not in (Step.Kind.OTHER, Step.Kind.WAIT_FOR_SUMMONS)


def _joined(acts):
    """Return alternatives in one breath: "Envoyez votre dossier par courriel ou par la poste"."""
    ways = {}
    for act, way in acts:
        ways.setdefault(act, []).append(way)
    either = pgettext("étapes", " ou ")
    first, *others = [
        by_way(act, either.join(filter(None, dict.fromkeys(each)))) for act, each in ways.items()
    ]
    named = [first]
    for part in map(_lowered, others):
        # French names the file once; other languages, whose words are other ones, again.
        is_named = any("votre dossier" in each for each in named)
        named.append(part.replace(" votre dossier", "-le") if is_named else part)
    return either.join(named)


def _lowered(words):
    return f"{words[:1].lower()}{words[1:]}"


# --- What is refused --------------------------------------------------------------------------

REFUSALS = {
    Channel.POSTAL: noop("Rien par la poste : c’est refusé."),
    Channel.ONLINE: noop("Pas de demande en ligne : refusée."),
    Channel.PHONE: noop("Pas de demande par téléphone : refusée."),
    Channel.ON_SITE: noop("N’allez pas au guichet : vous ne serez pas reçu·e."),
    Channel.EMAIL: noop("Pas de dossier par courriel : refusé."),
}
# Where the same way leads to something all the same: an appointment by post, a counter with one.
EXCEPT = {
    Channel.POSTAL: noop("Pas de dossier par la poste : refusé."),
    Channel.ON_SITE: noop("Sans rendez-vous, vous ne serez pas reçu·e au guichet."),
}


def refusals(sheet):
    """Return the sentences that say which ways are refused."""
    leading = {
        step.channel
        for step in sheet.steps.all()
        if step.kind != Step.Kind.DROP_BOX and not is_in_vain(step, sheet)
    }
    return [
        _(EXCEPT.get(channel, words) if channel in leading else words)
        for channel, words in REFUSALS.items()
        if channel in sheet.refused_channels
    ]
