/* Back from a page that refused a form. A browser fills the fields in again that the page had when
   it came, and no others: rows that were added, and what was chosen by searching, would be gone
   without a word. What was sent is kept in the history entry of the form, and put back. */
(() => {
  const form = document.getElementById("procedure_form");
  if (!form) return;
  const prefixes = formState.prefixesOf(form);

  // What the server says, whatever the browser filled in since: which version, how many rows it has.
  const origin = () =>
    ["seen_version", ...prefixes.map((prefix) => `${prefix}-INITIAL_FORMS`)]
      .map((name) => form.elements[name]?.defaultValue)
      .join();

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return;
    const sent = { origin: origin(), values: formState.take(form) };
    history.replaceState({ ...history.state, sent }, "");
  });

  // The browser puts the number of rows back, not the rows. Before the admin's script counts on it.
  for (const prefix of prefixes) {
    form.elements[`${prefix}-TOTAL_FORMS`].value = formState.rowsOf(form, prefix).length;
  }

  // After the scripts of the admin, which make the rows and the search boxes.
  django.jQuery(() => {
    const sent = history.state?.sent;
    const [arrival] = performance.getEntriesByType("navigation");
    if (sent?.origin === origin() && arrival.type === "back_forward") {
      formState.put(form, sent.values);
    }
  });
})();
