/* The sheet's form: the fields of a step's kind, offices made on the way, unsaved changes. Without
   this script every field shows. */
(() => {
  const form = document.getElementById("procedure_form");
  if (!form) return;

  // --- The fields of their kind -----------------------------------------------------------------

  const boxOf = (row, name) =>
    row.querySelector(`.fieldBox.field-${name}`) || row.querySelector(`.form-row.field-${name}`);

  const isFilled = (box) =>
    box.querySelector(".errorlist") !== null ||
    [...box.querySelectorAll("input, textarea, select")].some((field) =>
      field.type === "checkbox" ? field.checked : field.value.trim() !== "",
    );

  const arrange = (kind) => {
    const row = kind.closest(".inline-related");
    const byKind = JSON.parse(kind.dataset.fields);
    const shown = byKind[kind.value];
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

  form.querySelectorAll(".inline-related:not(.empty-form)").forEach(prepare);
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

  // --- Unsaved changes --------------------------------------------------------------------------

  // Against what the server sent, not what the fields held at first: a browser that goes back to the
  // form fills it in again.
  const isTyped = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const options = [...field.options];
    const isChosen = options.some((option) => option.defaultSelected);
    return isChosen || field.multiple
      ? options.some((option) => option.selected !== option.defaultSelected)
      : field.selectedIndex > 0;
  };
  // A form that came back refused holds what is saved nowhere; so does a row that was added.
  const isUnsaved = () =>
    document.querySelector(".errornote") !== null ||
    form.querySelector(".inline-related:not(.has_original):not(.empty-form)") !== null ||
    [...form.elements].some((field) => field.matches("input, textarea, select") && isTyped(field));
  let isLeaving = false;
  form.addEventListener("submit", (event) => {
    isLeaving = event.submitter?.formTarget !== "_blank";
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && isUnsaved()) event.preventDefault();
  });
  // Back from another page, as the browser had kept it, or filled it in again.
  addEventListener("pageshow", () => {
    isLeaving = false;
    form.querySelectorAll(".inline-related:not(.empty-form) select[data-fields]").forEach(arrange);
  });
})();
