"""What loads wrote in the past, as history remembers it: all that a next load may write again."""

from ..gate.reading_back import REMOVED
from ..models import Changeset, Prefecture
from ..sheets.reading import rows_at
from ..text.naming import address_of

HEADS = (Prefecture.Kind.PREFECTURE, Prefecture.Kind.PREFECTURE_DE_POLICE)


def said_by_loads(model):
    """Return {pk: {field: what a load last made of it}}, of objects since deleted too.

    A history row holds the whole object, the staff's words included: only what differs from the
    row before it was written by that changeset.
    """
    said, before = {}, {}
    rows = list(model.history.select_related("changeset").order_by("history_id"))
    items = rows_at(model, [row.history_id for row in rows])
    for row in rows:
        pk = items[row.history_id].pk
        values = {model._meta.pk.name: pk, **items[row.history_id].values}
        past, before[pk] = before.get(pk), values
        by_load = row.changeset.origin == Changeset.Origin.COMMAND and row.changeset.file_digest
        if not by_load or row.history_type == REMOVED:
            continue
        written = {
            name: value for name, value in values.items() if past is None or past[name] != value
        }
        said[pk] = said.get(pk, {}) | written
    return said


class Offices:
    """Which office is meant, whatever the staff has made of its name, town and seat since."""

    def __init__(self):
        self.said = said_by_loads(Prefecture)
        self.alive = {item.pk: item for item in Prefecture.objects.all()}
        self.by_key = {item.key: item for item in self.alive.values()}
        self.by_seat = {item.seat_of_id: item for item in self.alive.values() if item.seat_of_id}
        self.heads = {
            item.departement_id: item for item in self.alive.values() if item.kind in HEADS
        }
        self.loaded_seats = {said["seat_of"]: pk for pk, said in self.said.items()}
        self.loaded_heads = {
            said["departement"]: pk for pk, said in self.said.items() if said["kind"] in HEADS
        }

    def find(self, fields):
        """Return the office that a load made for this seat, else the staff's, else a new one.

        None when the staff deleted it.
        """
        departement, seat = fields["departement"].pk, fields["seat_of"]
        seat = seat and seat.pk
        if fields["kind"] in HEADS:
            loaded, staff_s = self.loaded_heads.get(departement), self.heads.get(departement)
        else:
            loaded, staff_s = self.loaded_seats.get(seat), None
        if loaded is not None:
            return self.alive.get(loaded)
        draft = Prefecture(**fields)
        draft.slug = address_of(draft.name)
        return self.by_seat.get(seat) or staff_s or self.by_key.get(draft.key) or Prefecture()

    def has_other_contacts(self, office, contacts):
        """Whether the staff wrote any of ``contacts`` ({name: value}), and otherwise.

        A source and its day speak for all of them: none comes to stand beside the staff's.
        """
        if office._state.adding:
            return False
        said = self.said.get(office.pk, {})
        return any(
            getattr(office, name) not in (said.get(name), value) for name, value in contacts.items()
        )
