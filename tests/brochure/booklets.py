"""Small booklets, for what is set."""

from prefectures.brochure import blocks


def booklet(*content, cover=()):
    return {
        "title": "Un essai",
        "author": "Gisti",
        "description": "Ce qu’un essai dit.",
        "date": {"year": 2026, "month": 3, "day": 9},
        "footer": [blocks.run("Au pied de chaque page")],
        "contents_title": "Sommaire",
        "cover": [*cover],
        "blocks": [*content],
    }
