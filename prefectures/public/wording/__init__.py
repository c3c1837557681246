"""What the site says itself, made from the fields of a sheet: short, plain, the same everywhere.

Twelve words a sentence on average, none over twenty-five (docs/words-and-design.md).
"""

from .answer import answer, closing, refusals, sentence
from .communes import territory_words, unanswered, why
from .contents import CONTACT_LABELS, no_list, texts, unusable
from .past import KINDS, clock, hours, long_day, long_moment
from .places import reason, said_of_ground, territory, whole_reason
from .reaching import dial, mail_to, report_change, report_missing, text_message
from .sentences import said
from .situations import age, ages, alerts, applied_title, meanwhile, situation, validity
from .steps import action, is_in_vain, opening, step_notes, step_source
from .voices import (
    link_dates,
    link_opens,
    link_text,
    quotation_intro,
    quotation_title,
    referral_answer,
    site,
)

__all__ = [
    "CONTACT_LABELS",
    "KINDS",
    "action",
    "age",
    "ages",
    "alerts",
    "answer",
    "applied_title",
    "clock",
    "closing",
    "dial",
    "hours",
    "is_in_vain",
    "link_dates",
    "link_opens",
    "link_text",
    "long_day",
    "long_moment",
    "mail_to",
    "meanwhile",
    "no_list",
    "opening",
    "quotation_intro",
    "quotation_title",
    "reason",
    "referral_answer",
    "refusals",
    "report_change",
    "report_missing",
    "said",
    "said_of_ground",
    "sentence",
    "site",
    "situation",
    "step_notes",
    "step_source",
    "territory",
    "territory_words",
    "text_message",
    "texts",
    "unanswered",
    "unusable",
    "validity",
    "whole_reason",
    "why",
]
