"""What became of an object, told field by field: who reads it sees what went and what came. Pure.

A short value is told whole, before and after; a text by its blocks; several things by those that
went and those that came.
"""

from dataclasses import dataclass, field
from itertools import chain

from ..gate.reading_back import ADDED, CHANGED, REMOVED
from ..models import Procedure
from ..models.fields import ChoiceSetField, LinesField, RichTextField
from ..text.blocks import block_differences, blocks_of, folded
from .difference import differing
from .kinds import ROWS, SHEETS
from .words import Told, in_words

# Longer, or on several lines, it is compared word by word.
SHORT = 60
# Said of every object, or of none.
NEVER_TOLD = ("procedure", "number")
NOTHING = ("", "non", "0")
LONGEST_NAME = 80


class ToldText(Told):
    """A text: ``was`` and ``is_now`` are what is stored, HTML where it ``is_rich``."""

    is_text = True

    def __init__(self, label, before, after, was, is_now, *, is_rich):
        super().__init__(label, before, after)
        self.was, self.is_now, self.is_rich = was, is_now, is_rich

    @property
    def html(self):
        return self.is_now or self.was

    @property
    def blocks(self):
        """Return the blocks that changed; in the place of others, how many they are."""
        two = (blocks_of(text or "", self.is_rich) for text in (self.was, self.is_now))
        return folded(block_differences(*two))


class ToldSeveral(Told):
    """Several things at once: ``gone`` and ``come`` are those that are no more, or new, by name."""

    is_several = True

    def __init__(self, label, before, after, gone, come):
        super().__init__(label, before, after)
        self.gone, self.come = gone, come


@dataclass
class Touched:
    """One object that was added, changed or removed.

    ``about`` is what it is, for a row of a sheet: "envoyer par la poste"; ``turn`` what became of a
    sheet as readers see it.
    """

    name: str
    kind: str
    changes: list = field(default_factory=list)
    about: str = ""
    turn: str = ""

    @property
    def title(self):
        return f"{self.name} ({self.about})" if self.about else self.name


def fields_in_order(model):
    """Return the fields of ``model`` as they were declared, which is how a form asks for them."""
    fields = chain(model._meta.fields, model._meta.many_to_many)
    told = (each for each in fields if not each.primary_key and each.name not in NEVER_TOLD)
    return sorted(told, key=lambda each: each.creation_counter)


def to_be_named(model, before, after):
    """Yield (field, value) of all that is named where an object is told to have changed so."""
    both = [values for values in (before, after) if values]
    only = {*differing(before, after), *_known_as(model)} if len(both) == 2 else None
    for values in both:
        for each in fields_in_order(model):
            if each.is_relation and (only is None or each.name in only):
                yield each, values[each.name]


def _known_as(model):
    return getattr(model, "known_as", ())


def differences(before, after):
    """Yield (model, values, values) of all that is not the same in two ``State``s of a sheet.

    None of what is not there; the sheet first, then its rows, by their numbers.
    """
    two = [state.sheet and state.sheet.values for state in (before, after)]
    if two[0] != two[1]:
        yield SHEETS.model, *two
    for kind in ROWS:
        rows = before.rows[kind], after.rows[kind]
        for number in sorted({*rows[0], *rows[1]}):
            two = [(row := each.get(number)) and row.values for each in rows]
            if two[0] != two[1]:
                yield kind.model, *two


def compared(before, after, name_them):
    """Return what is ``Touched`` from a ``State`` to another; ``name_them`` finds names."""
    found = list(differences(before, after))
    names = name_them(each for difference in found for each in to_be_named(*difference))
    return [touched(*difference, names) for difference in found]


def touched(model, before, after, names):
    """Return what is ``Touched`` of an object, from values to values; None of what is not there."""
    kind = CHANGED if before and after else ADDED if after else REMOVED
    before, after = before or {}, after or {}
    values = after or before
    number = values.get("number")
    found = Touched(str(model._meta.verbose_name) + (f" n° {number}" if number else ""), kind)
    found.about = about(model, values, names)
    if model is Procedure:
        found.turn = _turn(kind, before.get("publication"), after.get("publication"))
    changed = differing(before, after) if kind == CHANGED else values
    for each in fields_in_order(model):
        if each.name in changed:
            change = told(each, before.get(each.name), after.get(each.name), names)
            is_said = kind == CHANGED or not (
                change and {change.before, change.after} <= {*NOTHING}
            )
            if change and is_said:
                found.changes.append(change)
    return found


def told(each, was, is_now, names):
    """Return what is told of a field that has changed, None where a person reads the same."""
    texts = [in_words(each, value, names) for value in (was, is_now)]
    label, is_rich = str(each.verbose_name), isinstance(each, RichTextField)
    if texts[0] == texts[1] and not (is_rich and was and is_now):
        return None
    if each.many_to_many or isinstance(each, ChoiceSetField):
        two = [
            {in_words(each, type(value)([item]), names) for item in value} if value else set()
            for value in (was, is_now)
        ]
        return ToldSeveral(label, *texts, sorted(two[0] - two[1]), sorted(two[1] - two[0]))
    is_long = any(len(text) > SHORT or "\n" in text for text in texts)
    if is_rich or (isinstance(each, LinesField) and any(texts)) or (is_long and not each.choices):
        stored = (was, is_now) if is_rich else texts
        return ToldText(label, *texts, *stored, is_rich=is_rich)
    return Told(label, *texts)


def about(model, values, names):
    """Return what a row of a sheet is, in a few words; "" of anything else."""
    for name in _known_as(model):
        text = in_words(model._meta.get_field(name), values.get(name), names)
        if text:
            line = " ".join(text.split())
            return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"
    return ""


def _turn(kind, before, after):
    """Return what became of a sheet for its readers, "" where they see it as before."""
    states = Procedure.Publication
    if kind == REMOVED:
        return "Fiche supprimée."
    if before == after:
        return ""
    if after == states.PUBLISHED:
        return "Fiche créée et publiée." if kind == ADDED else "Fiche publiée."
    if kind == ADDED:
        return "Fiche créée."
    gone = "Retirée du site : " if before == states.PUBLISHED else ""
    became = "archivée." if after == states.ARCHIVED else "remise en brouillon."
    return f"{gone}{became}" if gone else f"Fiche {became}"
