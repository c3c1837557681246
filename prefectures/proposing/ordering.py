"""In which order one does what a page says, wherever it says it; what is at choice with what."""

from itertools import pairwise

from ..models import Step
from .proposal import BOOKING, FILING

SENDING = FILING - {Step.Kind.COUNTER}


def put_booking_before_counter(steps):
    """Nobody comes before the appointment, wherever the page has the link to it."""
    counter = next((step for step in steps if step.values["kind"] == Step.Kind.COUNTER), None)
    for step in list(steps):
        is_before = step.values["kind"] in BOOKING | {Step.Kind.ONLINE_FORM}
        if counter and is_before and steps.index(step) > steps.index(counter):
            steps.remove(step)
            steps.insert(steps.index(counter), step)


def file_once(steps):
    """Put at choice the ways of filing that follow one another: nobody sends a file twice."""
    for before, step in pairwise(steps):
        kinds = {before.values["kind"], step.values["kind"]}
        if kinds <= SENDING or (len(kinds) == 1 and kinds <= FILING):
            step.values["is_alternative"] = True


def put_form_before_filing(steps):
    form = next((step for step in steps if step.values.get("role") == Step.Role.FORM), None)
    filing = next((step for step in steps if step.is_filing), None)
    if form and filing and steps.index(form) > steps.index(filing):
        steps.remove(form)
        steps.insert(steps.index(filing), form)
