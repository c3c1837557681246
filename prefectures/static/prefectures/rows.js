/* The rows of a sheet's form: moved up and down, at choice or one after the other. Without this
   script the order is typed as numbers. What it knows of them, the other scripts of the form use as
   "sheetForm"; each time that a group is put in order, they hear "rows:arranged". */
(() => {
  const form = document.getElementById("procedure_form");
  if (!form) return;

  const groups = () => [...form.querySelectorAll(".inline-group")];
  const rowsOf = (group) => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const boxOf = (row, name) =>
    row.querySelector(`.fieldBox.field-${name}`) ?? row.querySelector(`.form-row.field-${name}`);
  const indexOf = (row) => Number(row.id.split("-").pop());
  const isAlternative = (row) => Boolean(part(row, "is_alternative")?.checked);
  const isRemoved = (row) => Boolean(part(row, "DELETE")?.checked);

  // Lists of rows at choice, as the server reads them: what is removed still holds its place.
  const listsOf = (rows) => {
    const lists = [];
    for (const row of rows) {
      if (lists.length && isAlternative(row)) lists.at(-1).push(row);
      else lists.push([row]);
    }
    return lists;
  };

  const place = (rows) => {
    const after = rows[0].parentElement.querySelector(".empty-form");
    for (const row of rows) after.before(row);
  };

  const number = (rows) =>
    rows.forEach((row, index) => {
      part(row, "order").value = index + 1;
    });

  // --- What a row is called ---------------------------------------------------------------------

  const NEW = {
    steps: "nouvelle étape",
    contacts: "nouveau contact",
    links: "nouveau lien",
    quotations: "nouvelle citation",
    referrals: "nouveau renvoi",
  };
  // What tells a row from the others of its group: what is done, who speaks, for which ground.
  const NAMING = ["kind", "publisher", "ground"];

  const wordsOf = (row) => {
    const choice = NAMING.map((name) => part(row, name)).find((field) => field?.value);
    return choice ? choice.selectedOptions[0].textContent : NEW[row.id.split("-")[0]] || "nouveau";
  };

  // "2. ou déposer dans une boîte aux lettres": steps at choice share their number.
  const nameRows = (rows) => {
    let count = 0;
    for (const list of listsOf(rows)) {
      const staying = list.filter((row) => !isRemoved(row));
      if (staying.length) count += 1;
      for (const row of list) {
        const words = wordsOf(row);
        const or = staying.indexOf(row) > 0 ? "ou " : "";
        const label = row.querySelector(".inline_label");
        label.textContent = isRemoved(row) ? `(à supprimer) ${words}` : `${count}. ${or}${words}`;
        // Its heading says already that it is a step.
        row.querySelector("h3 > b")?.remove();
      }
    }
  };

  const refresh = (group) => {
    const rows = rowsOf(group);
    if (rows.some((row) => part(row, "order"))) nameRows(rows);
    rows.forEach((row, index) => {
      // There is no step before the first.
      const box = boxOf(row, "is_alternative");
      if (box) box.hidden = index === 0;
      const title = row.querySelector(".inline_label").textContent.replace(/\s+/g, " ").trim();
      for (const button of row.querySelectorAll("button.move")) {
        button.setAttribute("aria-label", `${button.title} : ${title}`);
      }
    });
    group.dispatchEvent(new CustomEvent("rows:arranged", { bubbles: true }));
  };

  // --- Moving -----------------------------------------------------------------------------------

  // Within its list; else the whole list goes past its neighbour: moving never changes what is at
  // choice with what, the box alone does. Return whether it moved.
  const move = (row, by) => {
    const group = row.closest(".inline-group");
    const lists = listsOf(rowsOf(group));
    const here = lists.findIndex((list) => list.includes(row));
    const own = lists[here];
    const index = own.indexOf(row);
    if (own[index + by]) [own[index], own[index + by]] = [own[index + by], own[index]];
    else if (lists[here + by]) [lists[here], lists[here + by]] = [lists[here + by], lists[here]];
    else return false;
    for (const list of lists) {
      list.forEach((each, nth) => {
        const box = part(each, "is_alternative");
        if (box) box.checked = nth > 0;
      });
    }
    place(lists.flat());
    number(lists.flat());
    refresh(group);
    return true;
  };

  const prepare = (row) => {
    const order = boxOf(row, "order");
    const title = row.querySelector("h3");
    if (!order || title.querySelector(".move")) return;
    order.hidden = order.querySelector(".errorlist") === null;
    for (const [by, sign, word] of [[-1, "↑", "Monter"], [1, "↓", "Descendre"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "move";
      button.textContent = sign;
      button.title = word;
      button.addEventListener("click", () => {
        if (move(row, by)) button.focus();
      });
      title.append(button);
    }
  };

  // As the numbers say: a form that was refused, or that the browser restored, may have others.
  const arrange = (group) => {
    const rows = rowsOf(group);
    rows.forEach(prepare);
    const rank = (row) => Number(part(row, "order")?.value) || Infinity;
    const sorted = rows
      .map((row, index) => ({ row, index, rank: rank(row) }))
      .sort((a, b) => (a.rank === b.rank ? a.index - b.index : a.rank - b.rank))
      .map((each) => each.row);
    if (sorted.some((row, index) => row !== rows[index])) place(sorted);
    refresh(group);
  };

  // Something is written there, or wrong.
  const isFilled = (box) =>
    box.querySelector(".errorlist") !== null ||
    [...box.querySelectorAll("input, textarea, select")].some((field) =>
      field.type === "checkbox" ? field.checked : field.value.trim() !== "",
    );

  const allRows = () => groups().flatMap(rowsOf);
  window.sheetForm = { form, rowsOf, allRows, part, boxOf, listsOf, isRemoved, isFilled, move };

  groups().forEach(arrange);
  addEventListener("pageshow", () => groups().forEach(arrange));
  document.addEventListener("formset:added", (event) => {
    prepare(event.target);
    refresh(event.target.closest(".inline-group"));
  });
  form.addEventListener("change", (event) => {
    const group = event.target.closest(".inline-group");
    if (group) refresh(group);
  });

  // --- A new row taken out again ----------------------------------------------------------------

  // Django numbers the fields of those that stay as they stand in the page: first they must stand
  // as their fields are numbered, or what is stored would go into another row.
  const isTakingOut = (event) => event.target.closest?.("a.inline-deletelink");
  document.addEventListener(
    "click",
    (event) => {
      const row = isTakingOut(event)?.closest(".inline-related");
      const group = row?.closest(".inline-group");
      if (!group) return;
      const rows = rowsOf(group);
      const next = rows[rows.indexOf(row) + 1];
      const box = next && part(next, "is_alternative");
      // At choice with what goes, not with what stands before it.
      if (box && !isAlternative(row)) box.checked = false;
      number(rows);
      place([...rows].sort((a, b) => indexOf(a) - indexOf(b)));
    },
    true,
  );
  document.addEventListener("click", (event) => {
    if (isTakingOut(event)) groups().forEach(arrange);
  });
})();
