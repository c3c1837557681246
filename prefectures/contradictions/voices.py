"""Where a sheet lays to one what another said: the préfecture, GISTI, a court, the press. Pure."""

from ..models import Link, Procedure, Step
from .found import Contradiction

SITUATION = Procedure.Situation


def of_voices(sheet):
    """Yield the ``Contradiction``s of who says what in ``sheet``, loaded with its rows."""
    yield from _of_silence(sheet)
    links = {link.pk: link for link in sheet.links.all()}
    for step in sheet.steps.all():
        yield from _of_step(step, links)
    for quotation in sheet.quotations.all():
        yield from _of_quotation(quotation, links.get(quotation.link_id))


def _of_silence(sheet):
    if sheet.situation == SITUATION.NOT_STATED and not sheet.speaks_for_the_state:
        yield Contradiction(
            "silence",
            "situation",
            "La fiche dit que la préfecture ne précise rien, et ne s’appuie sur aucune de ses "
            "pages.",
            "Ajoutez la page de la préfecture que vous avez lue ; sinon, choisissez « inconnue "
            "du Gisti ».",
            compared=(sheet.situation, *(voice.publisher for voice in sheet.voices)),
        )
    filing = [step for step in sheet.steps.all() if step.files_the_request]
    if sheet.situation == SITUATION.UNKNOWN and filing:
        yield Contradiction(
            "unknown_but_told",
            "situation",
            "La fiche dit que le Gisti ne sait rien, et une étape dépose la demande.",
            "Choisissez une autre situation, ou retirez l’étape.",
            compared=(sheet.situation, *((step.kind, step.role) for step in filing)),
        )


def _of_step(step, links):
    source = links.get(step.source_id)
    is_of_the_state = source is None or source.is_of_the_state
    if step.registered == Step.Registered.REQUIRED and not is_of_the_state:
        yield Contradiction(
            "required_by_whom",
            "registered",
            "Le recommandé est dit exigé par la préfecture, et l’étape est connue par "
            f"{source.get_publisher_display()}.",
            "Vérifiez sur la page de la préfecture ; sinon, choisissez « conseillé par le Gisti ».",
            "steps",
            step.number,
            (step.registered, source.publisher),
        )
    is_decided = any(
        link.publisher == Link.Publisher.COURT or link.kind == Link.Kind.LEGAL
        for link in links.values()
    )
    if step.is_owed and not is_decided:
        yield Contradiction(
            "owed_by_whom",
            "is_owed",
            "Cette voie est dite imposée par un tribunal, et la fiche n’a pas de lien vers sa "
            "décision.",
            "Ajoutez un lien publié par un tribunal : la personne en aura besoin au guichet.",
            "steps",
            step.number,
            (step.is_owed,),
        )


def _of_quotation(quotation, link):
    if link is not None and link.publisher != quotation.publisher:
        yield Contradiction(
            "two_authors",
            "publisher",
            f"La citation est dite de « {quotation.get_publisher_display()} », et son lien de "
            f"« {link.get_publisher_display()} ».",
            "Corrigez l’un des deux : qui parle doit être sûr.",
            "quotations",
            quotation.number,
            (quotation.publisher, link.publisher),
        )
    if not quotation.is_of_the_state and not quotation.author and link is None:
        yield Contradiction(
            "no_author",
            "author",
            "On ne sait ni qui a écrit ces mots, ni où.",
            "Donnez le nom de l’auteur, ou le lien d’où ils viennent.",
            "quotations",
            quotation.number,
            (quotation.publisher,),
        )
