/* Back from a page that refused a form. A browser fills the fields in again that the page had when
   it came, and no others: rows that were added, and what was chosen by searching, would be gone
   without a word. What was sent is kept in the history entry of the form, and put back. */
(() => {
  const form = document.getElementById("procedure_form");
  if (!form) return;

  const PREFIXES = ["steps", "contacts", "links"];
  const countOf = (prefix) => form.elements[`${prefix}-TOTAL_FORMS`];
  const isOfARow = (field) =>
    PREFIXES.some((prefix) => field.name.startsWith(`${prefix}-`)) &&
    !/-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$|__prefix__/.test(field.name);
  const isSearched = (field) => field.matches("select.admin-autocomplete");
  const kept = () =>
    [...form.elements].filter((field) => field.name && (isOfARow(field) || isSearched(field)));

  const valueOf = (field) => {
    if (field.type === "checkbox") return field.checked;
    if (!isSearched(field)) return field.value;
    return [...field.selectedOptions].map((option) => [option.value, option.text]);
  };

  // What the server says, whatever the browser filled in since: which version, how many rows it has.
  const origin = () =>
    ["seen_version", ...PREFIXES.map((prefix) => `${prefix}-INITIAL_FORMS`)]
      .map((name) => form.elements[name]?.defaultValue)
      .join();

  const putBack = (field, value) => {
    if (field.type === "checkbox") field.checked = value;
    else if (isSearched(field)) {
      field.replaceChildren(...value.map(([key, text]) => new Option(text, key, false, true)));
    } else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return;
    const sent = {
      origin: origin(),
      counts: PREFIXES.map((prefix) => [prefix, Number(countOf(prefix)?.value)]),
      values: kept().map((field) => [field.name, valueOf(field)]),
    };
    history.replaceState({ ...history.state, sent }, "");
  });

  // The browser puts the number of rows back, not the rows. Before the admin's script counts on it.
  for (const prefix of PREFIXES) {
    const rows = form.querySelectorAll(`#${prefix}-group .inline-related:not(.empty-form)`);
    if (countOf(prefix)) countOf(prefix).value = rows.length;
  }

  // After the scripts of the admin, which make the rows and the search boxes.
  django.jQuery(() => {
    const sent = history.state?.sent;
    const [arrival] = performance.getEntriesByType("navigation");
    if (sent?.origin !== origin() || arrival.type !== "back_forward") return;
    const { scrollX, scrollY, document: { activeElement } } = window;
    for (const [prefix, count] of sent.counts) {
      const add = form.querySelector(`#${prefix}-group .add-row a`);
      for (let rows = Number(countOf(prefix)?.value); rows < count; rows += 1) add?.click();
    }
    for (const [name, value] of sent.values) {
      const field = form.elements[name];
      if (field) putBack(field, value);
    }
    // The other scripts arrange what the browser puts back then.
    dispatchEvent(new Event("pageshow"));
    // Adding a row goes to it.
    activeElement.focus({ preventScroll: true });
    scrollTo(scrollX, scrollY);
  });
})();
