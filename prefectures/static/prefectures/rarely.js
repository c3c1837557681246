/* What few rows say stands behind "autre précision", but where it is said. Without this script all
   of it shows. */
(() => {
  const { form, allRows, part, isFilled } = window.sheetForm ?? {};
  if (!form) return;

  const partsOf = (row) => [...row.querySelectorAll("fieldset.rare")];
  const linesOf = (fieldset) => [...fieldset.querySelectorAll(":scope > .form-row")];
  const buttonOf = (fieldset) => fieldset.querySelector("button.more");
  const isShown = (fieldset) => buttonOf(fieldset)?.getAttribute("aria-expanded") === "true";
  const nameOf = (line) => line.querySelector("label").textContent.replace(/\s*:\s*$/, "");

  // A step's role is written down even where it goes without saying.
  const isObvious = (row, line) => {
    const [kind, role] = ["kind", "role"].map((name) => part(row, name));
    if (!role || !line.contains(role) || line.querySelector(".errorlist")) return false;
    return JSON.parse(kind.dataset.roles)[kind.value] === role.selectedOptions[0]?.textContent;
  };
  // The préfecture needs no name; anybody else has one.
  const isExpected = (row, line) => {
    const publisher = part(row, "publisher");
    return line.matches(".field-author") && publisher.selectedIndex > 0;
  };
  const isWanted = (row, line) =>
    isExpected(row, line) || (isFilled(line) && !isObvious(row, line));

  const tell = (fieldset) => {
    const left = linesOf(fieldset).filter((line) => line.hidden);
    const button = buttonOf(fieldset);
    button.hidden = !left.length && !isShown(fieldset);
    button.querySelector("span").textContent = left.map(nameOf).join(", ").toLowerCase();
  };

  const toggle = (row, fieldset, isOpening) => {
    buttonOf(fieldset).setAttribute("aria-expanded", isOpening);
    for (const line of linesOf(fieldset)) line.hidden = !isOpening && !isWanted(row, line);
    tell(fieldset);
  };

  const prepare = (row) => {
    for (const fieldset of partsOf(row)) {
      const heading = fieldset.querySelector(".fieldset-heading");
      if (!heading || buttonOf(fieldset)) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "more";
      button.append(...heading.childNodes, " ", document.createElement("span"));
      heading.append(button);
      button.addEventListener("click", () => toggle(row, fieldset, !isShown(fieldset)));
      toggle(row, fieldset, false);
    }
  };

  // What is filled in comes in sight; what is emptied stays, or it would go from under the hand.
  const follow = (row) => {
    for (const fieldset of partsOf(row).filter(buttonOf)) {
      for (const line of linesOf(fieldset)) line.hidden &&= !isWanted(row, line);
      tell(fieldset);
    }
  };

  window.sheetForm.showRare = (element) => {
    const fieldset = element.closest("fieldset.rare");
    const row = fieldset?.closest(".inline-related");
    if (row && buttonOf(fieldset) && element.closest(".form-row")?.hidden) toggle(row, fieldset, true);
  };

  allRows().forEach(prepare);
  document.addEventListener("formset:added", ({ target }) => prepare(target));
  form.addEventListener("change", ({ target }) => {
    const row = target.closest(".inline-related");
    if (row) follow(row);
  });
  addEventListener("pageshow", () => allRows().forEach(follow));
})();
