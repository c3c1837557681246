"""Which backups stay: pure. The newest ones, and the first of each of the last months."""

MONTHS = 12
KEEP = 14


def to_drop(moments, keep=KEEP):
    """Return those of ``moments`` whose backups are to go, the newest first.

    Not the ``keep`` newest, nor the first of each of the ``MONTHS`` last months that have any.
    """
    ordered = sorted(moments, reverse=True)
    # The oldest of a month comes last, and so stays.
    first = {(moment.year, moment.month): moment for moment in ordered}
    months = sorted(first, reverse=True)[:MONTHS]
    stay = {*ordered[:keep], *(first[month] for month in months)}
    return [moment for moment in ordered if moment not in stay]
