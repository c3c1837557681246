"""What a verification finds."""

from prefectures.sealing.verifying import Verifier


def found(head=None):
    return list(Verifier(head).faults())
