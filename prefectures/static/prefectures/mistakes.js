/* A form that was refused, or that contradicts itself: what is wrong is at the bottom of a long page,
   perhaps. The sentence at the top lists it, with links, and the first one has the focus. */
(() => {
  const form = document.getElementById("procedure_form");
  if (!form) return;

  // Where one writes: a search box or an editor stands for some fields, and what is said of an editor
  // for it; of a group, it is the way to one row more.
  const whereOneWrites = (field) => {
    const around = field.closest(field.matches(".help") ? ".form-row" : ".prose-editor");
    const area = around?.querySelector("[contenteditable=true]");
    if (area) return area;
    if (field.matches(".inline-group")) return field.querySelector(".add-row a");
    if (field.matches(".select2-hidden-accessible")) {
      return field.parentElement.querySelector(".select2-selection");
    }
    return field.matches("input, select, textarea") ? field : field.querySelector("input");
  };
  const reach = (field) => {
    window.sheetForm.reveal(field);
    const place = whereOneWrites(field) ?? field;
    place.focus();
    place.scrollIntoView({ block: "center" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('.mistakes a, .missing a, .contradictions a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    reach(field);
  });

  const note = form.querySelector(".errornote");
  if (!note) return;
  const inWords = (element) => element?.textContent.replace(/\s+/g, " ").replace(/ ?:$/, "").trim();
  const mistakes = [...form.querySelectorAll(".errorlist[id$=_error]")].map((list) => {
    const id = list.id.slice(0, -"_error".length);
    return { id, field: document.getElementById(id), message: inWords(list) };
  });
  const there = mistakes.filter(({ field }) => field);
  // What the form says of itself stands right below.
  if (!form.querySelector(".errorlist:not(.nonfield), .inline-group .errorlist")) note.hidden = true;
  if (!there.length) return;
  const list = document.createElement("ul");
  list.className = "mistakes";
  for (const { id, field, message } of there) {
    const row = inWords(field.closest(".inline-related")?.querySelector(".inline_label"));
    const name = inWords(form.querySelector(`label[for="${id}"]`) ?? field.closest("fieldset")?.querySelector("legend"));
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = [row, name, message].filter(Boolean).join("\u00a0: ").replace("?\u00a0:", "?");
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  note.after(list);
  // After the admin's own script, which goes to the first field of a new sheet.
  addEventListener("load", () => reach(there[0].field));
})();
