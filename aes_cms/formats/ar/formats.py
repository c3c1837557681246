"""Dates as they are read from either side: no sign that turns the direction stands in them."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d/m/Y"
