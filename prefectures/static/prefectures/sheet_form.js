/* The sheet's form: the fields of a step's kind, offices made on the way. Without this script every
   field shows. */
(() => {
  const { form, allRows, boxOf, isFilled } = window.sheetForm ?? {};
  if (!form) return;

  // --- The fields of their kind -----------------------------------------------------------------

  const arrange = (kind) => {
    const row = kind.closest(".inline-related");
    const byKind = JSON.parse(kind.dataset.fields);
    // A kind without fields of its own may need any of them; none yet, none of them.
    const shown = kind.value ? byKind[kind.value] : [];
    for (const name of new Set(Object.values(byKind).flat())) {
      const box = boxOf(row, name);
      // What somebody typed is never out of sight.
      if (box) box.hidden = Boolean(shown) && !shown.includes(name) && !isFilled(box);
    }
    const obvious = row.querySelector('select[name$="-role"] option[value=""]');
    const role = JSON.parse(kind.dataset.roles)[kind.value];
    if (obvious) obvious.textContent = role ? `ce qui va de soi : ${role}` : "ce qui va de soi";
  };

  const prepare = (row) => {
    const kind = row.querySelector("select[data-fields]");
    if (kind) {
      arrange(kind);
      kind.addEventListener("change", () => arrange(kind));
    }
  };

  allRows().forEach(prepare);
  document.addEventListener("formset:added", (event) => {
    prepare(event.target);
    const fields = [...event.target.querySelectorAll("select, textarea, input")];
    fields.find((field) => field.getClientRects().length)?.focus();
  });

  // --- An office made on the way ----------------------------------------------------------------

  // It is most likely in the sheet's own département. Before the admin's script opens the window.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("#add_id_offices");
      const departement = form.elements.departement?.value;
      if (!link || !departement) return;
      const address = new URL(link.href);
      address.searchParams.set("departement", departement);
      link.href = address;
    },
    true,
  );

  // Back from another page, as the browser had kept it, or filled it in again.
  addEventListener("pageshow", () => {
    form.querySelectorAll(".inline-related:not(.empty-form) select[data-fields]").forEach(arrange);
  });
})();
