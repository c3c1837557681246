"""Dates as in Europe, where all that is told happens: no reader takes a day for a month."""

DATE_FORMAT = "j F Y"
