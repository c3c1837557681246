"""Two people at once: who saves an object that somebody else has saved meanwhile gets to choose.

Pure comparison is in ``sheets/merge.py``; here a form makes the states, and a page asks.
"""

from django.contrib import messages

from ..gate.reading_back import REMOVED
from ..history.timeline import timeline
from ..sheets.kinds import row_kind
from ..sheets.merge import MINE, THEIRS
from ..sheets.reading import state_now
from ..sheets.words import Merge
from .resending import sent_fields
from .sent_form import SentForm
from .sent_rows import SentRows

RESOLVED, BACK = "_resolved", "_back"
NOT_YET_SAVED = "Rien n’est encore enregistré : relisez, puis enregistrez."


def resolve(submission):
    """Return the page that asks, or None when the form may go on (perhaps with merged data)."""
    screen, obj, seen = submission.screen, submission.obj, submission.seen
    version = screen.version_of(obj)
    if seen == version:
        submission.version = version
        return None
    base = screen.state_as_seen(obj, seen) if seen is not None else None
    if base is None:
        # Not a version of this object: the form refuses, and says so.
        return None
    sent = submission.data
    choices = {
        name.removesuffix("-choice"): choice
        for name, choice in sent.items()
        if name.endswith("-choice") and choice in (MINE, THEIRS)
    }
    if submission.is_preview:
        # What was typed is looked at, whatever others wrote.
        both, _ = merged(submission, base, {})
        choices = {conflict.name: MINE for conflict in both.conflicts}
    merge, data = merged(submission, base, choices)
    is_confirmed = sent.get(RESOLVED) == str(version) and merge.is_decided
    if merge.has_news and not is_confirmed and not submission.is_preview:
        return _page(submission, seen, version, merge)
    data["seen_version"] = str(version)
    for name in {RESOLVED, BACK, *(conflict.name + "-choice" for conflict in merge.conflicts)}:
        data.pop(name, None)
    submission.take(data)
    # Whoever writes between now and the lock is met there.
    submission.version = version
    if BACK in sent:
        _go_back(submission, merge)
    return None


def merged(submission, base, choices):
    """Return the ``Merge`` of three states, and the data that these ``choices`` lead to."""
    screen, request, obj = submission.screen, submission.request, submission.obj
    sent, data, merge = submission.data, submission.data.copy(), Merge()
    theirs = state_now(screen.model, obj.pk)
    form_class = screen.get_form(request, obj, change=True)
    sent_form = SentForm(form_class(sent, instance=obj), choices=choices)
    sent_form.merge(base.sheet.values, theirs.sheet.values, merge, data)
    for inline in screen.get_inline_instances(request, obj):
        kind = row_kind(inline.model)
        three = (kind, inline.get_formset(request, obj), base.rows[kind], theirs.rows[kind])
        SentRows(sent, *three, pk=obj.pk, choices=choices).merge(merge, data)
    return merge, data


def _go_back(submission, merge):
    """Let the form be shown with what was chosen; what was not chosen is told beside it."""
    submission.refusals.append(NOT_YET_SAVED)
    for conflict in merge.conflicts:
        is_mine = conflict.choice == MINE
        whose, text = (THEIRS, conflict.theirs) if is_mine else (MINE, conflict.mine)
        submission.leave_out(conflict, whose, text)


def _page(submission, seen, version, merge):
    screen, request, obj = submission.screen, submission.request, submission.obj
    sent = submission.data
    if sent.get(RESOLVED):
        messages.warning(
            request,
            "Quelqu’un vient encore d’enregistrer : regardez à nouveau."
            if sent[RESOLVED] != str(version)
            else "Choisissez, pour chaque champ, le texte à garder.",
        )
    chosen = {conflict.name + "-choice" for conflict in merge.conflicts}
    return screen.page(
        request,
        "conflict",
        f"« {obj} » a changé depuis que vous l’avez ouvert",
        object=obj,
        merge=merge,
        version=version,
        changesets=screen.changesets_since(obj, seen),
        sent=sent_fields(request, {RESOLVED, BACK} | chosen),
        status=409,
    )


def news(screen, obj, seen):
    """Return [(changeset, what it changed)] of ``obj`` since version ``seen``."""
    return told_briefly(timeline(screen.model, obj.pk, screen.changesets_since(obj, seen)))


def told_briefly(entries):
    """Return [(changeset, what it changed)] of entries of a timeline."""
    return [(entry.changeset, ", ".join(_names_of(entry))) for entry in entries]


def _names_of(entry):
    for touched in entry.touched:
        whose = "" if touched.name == "fiche" else f"{touched.name} : "
        if touched.kind == REMOVED or not touched.changes:
            yield touched.name
        else:
            yield from (f"{whose}{change.label}" for change in touched.changes)
