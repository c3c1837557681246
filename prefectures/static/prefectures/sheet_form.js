/* The sheet's form: the fields of a step's kind, rows moved up and down, unsaved changes. Without
   this script every field shows and the ranks are typed. */
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

  // --- Rows moved up and down -------------------------------------------------------------------

  const rowsOf = (group) => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const stepOf = (row) => row.querySelector('input[name$="-group"]')?.value;

  const move = (row, by, button) => {
    const rows = rowsOf(row.closest(".inline-group"));
    const other = rows[rows.indexOf(row) + by];
    // Steps of another number come before or after, whatever their rank.
    if (!other || stepOf(other) !== stepOf(row)) return;
    if (by < 0) other.before(row);
    else other.after(row);
    rowsOf(row.closest(".inline-group")).forEach((each, index) => {
      each.querySelector('input[name$="-position"]').value = index + 1;
    });
    button.focus();
  };

  const addButtons = (row) => {
    const title = row.querySelector("h3");
    if (!title || title.querySelector(".move")) return;
    const name = title.textContent.replace(/\s+/g, " ").trim();
    for (const [by, sign, word] of [[-1, "↑", "Monter"], [1, "↓", "Descendre"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "move";
      button.textContent = sign;
      button.setAttribute("aria-label", `${word} : ${name}`);
      button.title = word;
      button.addEventListener("click", () => move(row, by, button));
      title.append(button);
    }
  };

  const prepare = (row) => {
    const kind = row.querySelector("select[data-fields]");
    if (kind) {
      arrange(kind);
      kind.addEventListener("change", () => arrange(kind));
    }
    addButtons(row);
  };

  form.querySelectorAll(".inline-related:not(.empty-form)").forEach(prepare);
  document.addEventListener("formset:added", (event) => {
    prepare(event.target);
    event.target.querySelector("select, textarea, input:not([type=hidden])")?.focus();
  });

  // --- Unsaved changes --------------------------------------------------------------------------

  const typed = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  // A form that came back refused holds what is saved nowhere.
  const asLoaded = document.querySelector(".errornote") ? null : typed();
  let isLeaving = false;
  form.addEventListener("submit", (event) => {
    isLeaving = event.submitter?.formTarget !== "_blank";
  });
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && typed() !== asLoaded) event.preventDefault();
  });
  // Back from another page, as the browser had kept it.
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
})();
