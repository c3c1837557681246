"""What a verification finds."""

from prefectures.sealing.verifying import Verifier


def found():
    return list(Verifier().faults())
