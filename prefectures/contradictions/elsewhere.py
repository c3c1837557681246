"""Where a sheet sends its readers elsewhere, and there is nobody, or the sheet sends them back."""

from .found import Contradiction


def of_elsewhere(sheet):
    """Yield the ``Contradiction``s of referrals and of what is not to be used.

    ``sheet`` is loaded with its rows, their ``sheet`` and its grounds, its offices and grounds.
    """
    for referral in sheet.referrals.all():
        yield from _of_referral(sheet, referral)
    yield from _of_grounds(sheet)
    yield from _of_offices(sheet)
    yield from _of_unusable(sheet)


def _of_referral(sheet, referral):
    def found(kind, field, reason, advice, *compared):
        return Contradiction(
            kind,
            field,
            reason,
            advice,
            "referrals",
            referral.number,
            (referral.ground_id, *compared),
        )

    if referral.ground in sheet.grounds.all():
        yield found(
            "sent_away",
            "ground",
            f"« {referral.ground} » est un motif de la fiche, et elle renvoie ces demandes.",
            "Retirez le motif de la fiche, ou le renvoi.",
        )
    other = referral.sheet
    if referral.sheet_id is None:
        return
    if other is None:
        yield found(
            "sent_nowhere",
            "sheet",
            "La fiche vers laquelle on renvoie a été supprimée : la page le dit.",
            "Choisissez-en une autre, ou le guichet.",
            referral.sheet_id,
        )
    elif not other.is_published:
        yield found(
            "sent_nowhere",
            "sheet",
            f"« {other.title} », vers laquelle on renvoie, n’est pas en ligne : la page le dit.",
            "Publiez-la, choisissez-en une autre, ou le guichet.",
            referral.sheet_id,
            other.publication,
        )
    elif not _answers(other, referral.ground):
        yield found(
            "sent_in_vain",
            "sheet",
            f"« {other.title} » ne vaut pas pour « {referral.ground} ».",
            "Corrigez les motifs de l’une, ou le renvoi de l’autre.",
            referral.sheet_id,
            *sorted(ground.pk for ground in other.grounds.all()),
        )


def _answers(sheet, ground):
    grounds = sheet.grounds.all()
    return ground in grounds or (
        any(each.covers_all for each in grounds) and not ground.is_neighbour
    )


def _of_grounds(sheet):
    for ground in sheet.grounds.all():
        if ground.is_neighbour:
            yield Contradiction(
                "neighbour",
                "grounds",
                f"« {ground} » n’est pas une admission exceptionnelle au séjour.",
                "Faites-en un renvoi, ou dites-le dans la note du Gisti.",
                compared=(ground.pk,),
            )


def _of_offices(sheet):
    offices = list(sheet.offices.all())
    if offices and not sheet.is_filed_here:
        yield Contradiction(
            "office_of_nothing",
            "offices",
            "La demande ne se dépose pas ici, et la fiche nomme un guichet où l’on dépose.",
            "Mettez ce guichet parmi « guichets qui ne la reçoivent pas ».",
            compared=(sheet.situation, *sorted(office.pk for office in offices)),
        )


def _of_unusable(sheet):
    contacts = [row.value for row in sheet.contacts.all() if row.is_for_another_request]
    links = [row.url for row in sheet.links.all() if row.is_for_another_request]
    forbidden = {_as_written(value) for value in contacts + links}
    for step in sheet.steps.all():
        for name in ("url", "email", "phone", "address"):
            value = getattr(step, name)
            if value and _as_written(value) in forbidden:
                yield Contradiction(
                    "forbidden",
                    name,
                    f"L’étape se sert de ce que la fiche dit de ne pas utiliser : {value}",
                    "Corrigez l’étape, ou décochez « pas pour cette demande ».",
                    "steps",
                    step.number,
                    (step.kind, value),
                )


def _as_written(value):
    return " ".join(value.casefold().split())
