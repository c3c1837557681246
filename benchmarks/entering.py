"""What it takes of an editor to enter four sheets: actions, fields, seconds.

    .venv/bin/python benchmarks/entering.py http://127.0.0.1:8000 admin PASSWORD

A browser plays the editor on a running site, which is given sheets that it did not have: one for
trying. By hand, field by field; then from the préfecture's page. ``--without-bar`` plays by hand
alone, on a site whose form has no button that publishes. Seconds are a machine's, which neither
reads nor thinks: only how they compare tells.
"""

import argparse
import os
import sys
from itertools import count
from pathlib import Path
from time import perf_counter

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.editor import SHEETS, Editor

asked = argparse.ArgumentParser(description=__doc__)
asked.add_argument("site")
asked.add_argument("name")
asked.add_argument("password")
asked.add_argument("--without-bar", action="store_true")
asked = asked.parse_args()
LAUNCH = {
    "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"),
    "args": ["--no-sandbox", "--disable-dev-shm-usage"],
}
# Two sheets of a département are not called alike.
numbers = count(int(perf_counter()))


def played(page, sheet, way):
    editor = Editor(page, asked.site)
    title = f"{sheet.title} ({next(numbers)})"
    begun = perf_counter()
    if way == "by hand":
        editor.enter_by_hand(sheet, has_bar=not asked.without_bar, title=title)
    else:
        editor.enter_by_page(sheet, title=title)
    return editor.actions, editor.fields, perf_counter() - begun


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(**LAUNCH)
    page = browser.new_page(locale="fr-FR", viewport={"width": 1280, "height": 900})
    page.goto(f"{asked.site}/admin/login/")
    page.fill("#id_username", asked.name)
    page.fill("#id_password", asked.password)
    page.click("[type=submit]")
    page.on("dialog", lambda dialog: dialog.accept())
    print(f"{'':<12}{'':<12}{'actions':>9}{'fields':>8}{'seconds':>9}")
    for way in ["by hand"] if asked.without_bar else ["by hand", "by page"]:
        for name, sheet in SHEETS.items():
            actions, fields, seconds = played(page, sheet, way)
            print(f"{name:<12}{way:<12}{actions:>9}{fields:>8}{seconds:>9.1f}")
    browser.close()
