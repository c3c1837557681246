/* Rows fold to one line, and open one at a time. Without this script all of them are open. */
(() => {
  const { form, allRows, part } = window.sheetForm ?? {};
  if (!form) return;

  const buttonOf = (row) => row.querySelector("h3 > button.fold");
  const bodyOf = (row) => row.querySelector(".row-body");
  const isOpen = (row) => buttonOf(row)?.getAttribute("aria-expanded") === "true";
  const isWrong = (row) => row.querySelector(".errorlist") !== null;

  const show = (row, isShown) => {
    bodyOf(row).hidden = !isShown;
    row.classList.toggle("is-open", isShown);
    buttonOf(row).setAttribute("aria-expanded", isShown);
    // Of a folded row one opens it, and no more, on the way of the Tab key.
    for (const each of row.querySelectorAll("h3 :is(.move, .delete input, .inline-deletelink)")) {
      each.tabIndex = isShown ? 0 : -1;
    }
    row.dispatchEvent(new CustomEvent(isShown ? "row:opened" : "row:folded", { bubbles: true }));
  };

  // The line that was pressed stays under the finger, whatever folds above it.
  const open = (row) => {
    const { top } = row.getBoundingClientRect();
    for (const other of allRows()) {
      if (other !== row && isOpen(other) && !isWrong(other)) show(other, false);
    }
    show(row, true);
    scrollBy(0, row.getBoundingClientRect().top - top);
  };

  const fold = (row) => {
    show(row, false);
    buttonOf(row).focus();
  };

  const prepare = (row) => {
    // Who may only look reads them all.
    if (!part(row, "order") || buttonOf(row)) return;
    const body = document.createElement("div");
    body.className = "row-body";
    body.id = `${row.id}-body`;
    body.append(...row.querySelectorAll(":scope > fieldset"));
    row.querySelector("h3").after(body);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    const summary = document.createElement("span");
    summary.className = "summary";
    const label = row.querySelector(".inline_label");
    label.before(button);
    button.append(label, summary);
    button.addEventListener("click", () => (isOpen(row) ? show(row, false) : open(row)));
    show(row, isWrong(row));
  };

  const isElsewhere = () =>
    [...document.querySelectorAll(".calendarbox, .clockbox, .select2-container--open")].some(
      (box) => box.getClientRects().length,
    );
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest(".inline-related");
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (!row || !isOpen(row) || isElsewhere()) return;
    event.preventDefault();
    fold(row);
  });

  // Open whatever keeps an element out of sight.
  const reveal = (element) => {
    for (let box = element; (box = box.parentElement?.closest("details")); ) box.open = true;
    const row = element.closest(".inline-related");
    if (row && buttonOf(row) && !isOpen(row)) open(row);
    window.sheetForm.showRare(element);
  };
  Object.assign(window.sheetForm, { isOpen, open, reveal });

  allRows().forEach(prepare);
  document.addEventListener("formset:added", ({ target }) => {
    prepare(target);
    open(target);
  });
  // The numbers of rows change when one is taken out.
  form.addEventListener("rows:arranged", () => {
    for (const row of allRows().filter(buttonOf)) {
      buttonOf(row).setAttribute("aria-controls", bodyOf(row).id);
    }
  });
  if (location.hash) {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    // The browser went there before the rows had folded.
    const show = () => {
      reveal(named);
      named.scrollIntoView({ block: "center" });
    };
    if (named && form.contains(named)) addEventListener("load", show);
  }
})();
