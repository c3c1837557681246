"""What is measured of a page as it stands in a browser, beside axe's rules (``rules.py``)."""

# WCAG 1.4.12: what whoever reads with difficulty sets for themselves.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""

SET_APART = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""

# Said to who hears alone; a field, and what hides its own choice, which slide; a folded row, whose
# one line is the beginning of what opening it shows.
MAY_HIDE = ".unseen, .visually-hidden, input, select, .select2 *, button.fold *, details > summary"

CUT = """mayHide => {
  const hides = (way) => ["hidden", "clip"].includes(way);
  return [...document.querySelectorAll("body *")]
    .filter((element) => {
      if (!element.checkVisibility() || element.matches(mayHide) || element.matches("button.fold"))
        return false;
      const { overflowX, overflowY, display } = getComputedStyle(element);
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      if (display === "inline" || !clientWidth || !clientHeight) return false;
      return (
        (hides(overflowX) && scrollWidth > clientWidth + 1) ||
        (hides(overflowY) && scrollHeight > clientHeight + 1)
      );
    })
    .map((element) => `${element.tagName} ${element.className}: ${element.innerText.slice(0, 40)}`);
}"""

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((heading) => heading.checkVisibility())
  .map((heading) => Number(heading.tagName[1]))"""

# {role: [names]}, and what is said outside of all of them.
LANDMARKS = """() => {
  const parts = "article, aside, main, nav, section";
  const found = { banner: [], navigation: [], main: [], contentinfo: [], outside: [] };
  const roles = { HEADER: "banner", NAV: "navigation", MAIN: "main", FOOTER: "contentinfo" };
  for (const element of document.querySelectorAll("header, nav, main, footer")) {
    const isOfAPart = ["HEADER", "FOOTER"].includes(element.tagName) && element.closest(parts);
    if (isOfAPart || !element.checkVisibility()) continue;
    const labels = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    const name = labels.map((id) => document.getElementById(id).innerText).join(" ");
    found[roles[element.tagName]].push(element.getAttribute("aria-label") ?? name);
  }
  const within = "header, nav, main, footer, .skip, .skip-to-content-link, script, style";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    if (data.trim() && parent.checkVisibility() && !parent.closest(within)) {
      found.outside.push(data.trim());
    }
  }
  return found;
}"""

UNNAMED_CELLS = """() => [...document.querySelectorAll("main table")]
  .filter((table) => table.checkVisibility())
  .flatMap((table) => {
    const headers = [...table.querySelectorAll("th")];
    const lost = headers.filter((header) => !["col", "row"].includes(header.scope));
    return headers.length ? lost.map((header) => header.innerText) : ["no header at all"];
  })"""

# What the Tab key comes to, one after the other: of a group of buttons to choose one, the chosen.
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]")]
  .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility()
    && element.type !== "hidden" && getComputedStyle(element).visibility === "visible").length"""

# Of what has the focus: whether it is seen, and what is seen of its having it.
IN_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 2);
  const seen = document.elementsFromPoint(x, y).find(
    (each) => getComputedStyle(each).pointerEvents !== "none");
  const isIt = (each) => each && (each === element || element.contains(each)
    || each.contains(element) || [...(element.labels ?? [])].some((it) => it.contains(each)));
  const choice = element.closest(".select2-container")?.querySelector(".select2-selection");
  const drawn = [element, choice, element.querySelector(":scope > path")].filter(Boolean);
  const marks = drawn.map((each) => getComputedStyle(each));
  return {
    name: `${element.tagName} ${element.id} ${element.getAttribute("aria-label")
      ?? element.innerText ?? ""}`.slice(0, 80),
    isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    // The line of a shape of the map crosses its neighbours: its middle may be another's.
    isHidden: !isIt(seen) && !element.closest("svg"),
    isMarked: marks.some((style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px")
      || (element.closest("svg") !== null && parseFloat(marks.at(-1).strokeWidth) >= 8),
  };
}"""

# (what, ratio) of each edge that is fainter than 3 to 1 against what is behind it; of a field its
# border, of what can have the focus the line around it, of a field's example its letters (4.5).
FAINT = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color) => {
    const [r, g, b] = rgba(color).slice(0, 3).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let each = element.parentElement; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (rgba(color)[3] === 255) return color;
    }
    return "Canvas";
  };
  const found = [];
  const look = (what, color, ground, least) => {
    const is = ratio(color, ground);
    if (is < least) found.push([what, Math.round(is * 100) / 100, color, ground]);
  };
  const others = ["hidden", "submit", "checkbox", "radio", "file"].map((type) => `[type=${type}]`);
  const fields = `input:not(${others}), ` + "select, textarea, .select2-selection, .ProseMirror";
  const named = (element) => `${element.tagName} ${element.id || element.className}`;
  for (const field of document.querySelectorAll(fields)) {
    if (!field.checkVisibility() || field.matches(".select2-hidden-accessible, .select2 input"))
      continue;
    const style = getComputedStyle(field);
    look(`border of ${named(field)}`, style.borderTopColor, behind(field), 3);
    if (field.placeholder) {
      const example = getComputedStyle(field, "::placeholder").color;
      look(`example in ${named(field)}`, example, style.backgroundColor, 4.5);
    }
  }
  return found;
}"""
# The field within a choice, whose frame bears the line; what stands upon the red title of its part.
ELSEWHERE = ".select2-search__field, .add-row a"
FAINT_FOCUS = (
    FAINT[: FAINT.index("  const others =")]
    + """
  const elsewhere = "ELSEWHERE";
  const reached = document.querySelectorAll("a[href], button, input, select, textarea, summary");
  for (const element of reached) {
    if (!element.checkVisibility() || element.tabIndex < 0 || element.closest("svg")) continue;
    if (element.matches(elsewhere)) continue;
    element.focus({ preventScroll: true, focusVisible: true });
    if (document.activeElement !== element) continue;
    const { outlineStyle, outlineColor } = getComputedStyle(element);
    if (outlineStyle === "none") found.push([`${element.tagName} ${element.id}`, 0]);
    if (outlineStyle === "solid") {
      look(`focus of ${element.tagName} ${element.innerText || element.id}`, outlineColor,
        behind(element), 3);
    }
  }
  return found;
}""".replace("ELSEWHERE", ELSEWHERE)
)
