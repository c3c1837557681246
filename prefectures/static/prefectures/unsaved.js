/* Unsaved changes: counted, and asked about before they are left. */
(() => {
  const { form } = window.sheetForm ?? {};
  if (!form) return;

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
  // A form that came back refused holds what is saved nowhere, and so does one that was filled in on
  // the way; so does a row that was added.
  const cameBack = document.querySelector(".errornote, [data-begun]") !== null;
  const newRow = ".inline-related:not(.has_original):not(.empty-form)";

  // What a person would call a change: a row added, the rows of a group in another order, a field.
  const unsaved = () => {
    const changed = new Set(form.querySelectorAll(newRow));
    for (const field of form.elements) {
      if (!field.matches("input, textarea, select") || field.closest(newRow)) continue;
      if (field.name.endsWith("-TOTAL_FORMS") || !isTyped(field)) continue;
      const isOrder = field.name.endsWith("-order");
      changed.add(isOrder ? field.closest(".inline-group") : field.name || field.closest(".form-row"));
    }
    return changed.size;
  };
  Object.assign(window.sheetForm, { unsaved, cameBack });

  let isLeaving = false;
  form.addEventListener("submit", (event) => {
    isLeaving = event.submitter?.formTarget !== "_blank";
  });
  // What was read may be gone back to, as long as nothing was written since.
  let atFirst = 0;
  document.getElementById("reading")?.addEventListener("submit", () => {
    isLeaving = unsaved() === atFirst;
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && (cameBack || unsaved())) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
    atFirst = unsaved();
  });
})();
