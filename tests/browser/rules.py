"""What every screen keeps to: axe's rules (WCAG 2.0 to 2.2, A and AA), and the width of a phone."""

from axe_playwright_python.base import AXE_FILE_PATH

AXE = AXE_FILE_PATH.read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of what keeps to the rules, axe would tell as much as of what breaks them.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}

# The admin fades from one colour to the other, and what fades may set off what lies within.
FADE_AT_ONCE = """() => {
  for (let fading; (fading = document.getAnimations()).length; ) {
    for (const animation of fading) animation.finish();
  }
}"""


def violations(page):
    """Return (rule, elements that break it) for the page as it is now."""
    # Half a megabyte, which a page that was looked at before has already.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", OPTIONS)["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def violations_in_every_light(page, *sizes):
    """Return {(scheme, width): what is wrong} of the loaded page, light and dark, at ``sizes``."""
    page.wait_for_load_state()
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size in sizes:
            page.set_viewport_size(size)
            page.evaluate(FADE_AT_ONCE)
            if wrong := violations(page):
                found[scheme, size["width"]] = wrong
    return found


def is_wider_than_screen(page):
    # Before the page is whole, it is laid out without its styles.
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")
