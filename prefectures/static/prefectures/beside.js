/* The page as readers will see it, beside the form where the screen is wide: fetched from the
   preview, which keeps nothing. Without this script, or on another screen, the preview opens in a
   tab of its own. */
(() => {
  const { form, rowsOf, listsOf, isRemoved, part } = window.sheetForm ?? {};
  if (!form?.querySelector(".bar")) return;

  const WIDE = matchMedia("(min-width: 1500px)");
  const A_MOMENT = 700;
  const LATE = "L’aperçu date d’avant : quelque chose, dans la fiche, ne peut pas encore être montré.";
  const NOT_YET = "L’aperçu paraîtra ici dès que la fiche aura un département et un titre.";

  const place = document.createElement("aside");
  place.className = "beside";
  place.setAttribute("aria-label", "Aperçu");
  const told = document.createElement("p");
  const scrolled = document.createElement("div");
  scrolled.className = "beside-page";
  scrolled.tabIndex = 0;
  scrolled.setAttribute("role", "region");
  scrolled.setAttribute("aria-label", "La page, telle qu’on la lira");
  const frame = document.createElement("iframe");
  frame.title = "La page, telle qu’on la lira";
  // Read by this script, which marks what is in hand; it runs none, sends nothing, leads nowhere.
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.inert = true;
  frame.hidden = true;
  scrolled.append(frame);
  place.append(told, scrolled);

  // --- What is in hand --------------------------------------------------------------------------

  const holding = (page, selector, text) =>
    [...page.querySelectorAll(selector)].find((each) => text && each.textContent.includes(text));

  const FINDING = {
    steps: (page, row) => {
      const lists = listsOf(rowsOf(row.closest(".inline-group")))
        .map((list) => list.filter((each) => !isRemoved(each)))
        .filter((list) => list.length);
      const shown = page.querySelectorAll(".steps > li");
      // Of a closed sheet the page keeps the steps in another order.
      const at = lists.findIndex((list) => list.includes(row));
      return shown.length === lists.length ? shown[at] : null;
    },
    links: (page, row) => {
      const address = part(row, "url").value.trim();
      const links = [...page.querySelectorAll("a[href]")];
      const link = links.find((each) => address && each.getAttribute("href") === address);
      return link?.closest("li") ?? link;
    },
    contacts: (page, row) => holding(page, ".contacts > li", part(row, "value").value.split("\n")[0]),
    quotations: (page, row) => {
      const rows = rowsOf(row.closest(".inline-group"));
      const shown = page.querySelectorAll("blockquote");
      return shown.length === rows.length ? shown[rows.indexOf(row)] : null;
    },
    referrals: (page, row) => {
      const rows = rowsOf(row.closest(".inline-group"));
      return page.querySelectorAll(".referrals > li")[rows.indexOf(row)];
    },
  };
  const OF_FIELDS = { warning: ".warnings", grounds: "section:has(.scope)", title: "h1" };

  const inHand = (page) => {
    const focused = document.activeElement;
    const row =
      focused.closest(".inline-related.is-open") ?? form.querySelector(".inline-related.is-open");
    if (row) return FINDING[row.closest(".inline-group").id.replace("-group", "")]?.(page, row);
    const name = focused.closest(".form-row")?.className.match(/field-(\w+)/)?.[1];
    return OF_FIELDS[name] && page.querySelector(OF_FIELDS[name]);
  };

  let marked = null;
  const mark = () => {
    const page = frame.contentDocument;
    if (frame.hidden || !page) return;
    const found = inHand(page) ?? null;
    if (found === marked) return;
    if (marked) marked.style.outline = "";
    marked = found;
    if (!found) return;
    for (let box = found; (box = box.parentElement?.closest("details")); ) box.open = true;
    fit();
    found.style.outline = "3px solid currentcolor";
    found.style.outlineOffset = "6px";
    const top = found.getBoundingClientRect().top;
    scrolled.scrollTo({ top: Math.max(0, top - scrolled.clientHeight / 3) });
  };

  // The frame is as high as its page: what scrolls is around it.
  const fit = () => {
    frame.style.height = "0";
    frame.style.height = `${frame.contentDocument.documentElement.scrollHeight}px`;
  };

  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    if (!page?.querySelector("main")) return;
    // The sheet itself, without what is around each page of the site.
    page.querySelectorAll("body > :not(main)").forEach((each) => each.remove());
    marked = null;
    fit();
    mark();
  });

  // --- Fetching ---------------------------------------------------------------------------------

  const NOT_SHOWN = ["_save", "_publish", "_continue", "_addanother"];
  let shown = "";
  let asking = null;
  const sent = () => {
    const data = new FormData(form);
    NOT_SHOWN.forEach((name) => data.delete(name));
    data.set("_preview", "beside");
    return new URLSearchParams(data);
  };

  const refresh = async () => {
    if (!WIDE.matches || document.hidden) return;
    const body = sent();
    const now = body.toString();
    if (now === shown) return;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal });
      // Anything else is a page of another kind: of a session that has ended.
      const page = answer.headers.has("X-Preview") ? await answer.text() : "";
      shown = now;
      told.textContent = page ? "Aperçu : rien n’en est enregistré." : frame.hidden ? NOT_YET : LATE;
      place.classList.toggle("is-late", !page);
      if (!page) return;
      frame.hidden = false;
      frame.srcdoc = page;
    } catch {
      // Another one is asked for already, or the line is cut: the last page stays.
    }
  };

  let waiting = 0;
  const refreshSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, A_MOMENT);
  };
  for (const name of ["change", "focusout", "rows:arranged", "row:folded"]) {
    form.addEventListener(name, refreshSoon);
  }
  django.jQuery(form).on("change", refreshSoon);
  for (const name of ["focusin", "row:opened", "row:folded"]) {
    form.addEventListener(name, () => requestAnimationFrame(mark));
  }

  const settle = () => {
    place.hidden = !WIDE.matches;
    refreshSoon();
  };
  document.getElementById("content-main").append(place);
  WIDE.addEventListener("change", settle);
  addEventListener("pageshow", settle);
  settle();
})();
