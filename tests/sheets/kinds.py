"""The kinds of rows that a sheet has today, by name."""

from prefectures.sheets.kinds import ROWS

STEPS, CONTACTS, LINKS, QUOTATIONS, REFERRALS = ROWS
