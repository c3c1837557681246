/* Names for screen readers, where a script puts something else in the place of a labelled field:
   the rich-text editor's area, and the search boxes of select2; where boxes to tick have one label
   for all of them. The names of the editor's buttons,
   which its own catalogue lacks, are put into French. */
(() => {
  const BUTTONS = {
    paragraph: "paragraphe",
    "heading 3": "titre",
    "heading 4": "petit titre",
    "unordered list": "liste",
    "ordered list": "liste numérotée",
    blockquote: "citation",
    bold: "gras",
    italic: "italique",
    "insert link": "mettre un lien",
    "remove link": "enlever le lien",
    undo: "annuler",
    redo: "rétablir",
    "hard break": "aller à la ligne",
  };
  const nameAfter = (element, field) => {
    const label = field && document.querySelector(`label[for="${field.id}"]`);
    if (!label) return;
    label.id ||= `${field.id}_label`;
    element.setAttribute("aria-labelledby", label.id);
    const help = field.getAttribute("aria-describedby");
    if (help) element.setAttribute("aria-describedby", help);
    element.dataset.named = "yes";
  };
  const nameAll = () => {
    for (const button of document.querySelectorAll(".prose-menubar [title]")) {
      const name = BUTTONS[button.title];
      if (!name) continue;
      button.title = name;
      button.setAttribute("aria-label", name);
    }
    for (const option of document.querySelectorAll(".prose-menubar__option > *")) {
      const name = BUTTONS[option.textContent.toLowerCase()];
      if (name && name !== option.textContent) option.textContent = name;
    }
    for (const area of document.querySelectorAll(".tiptap:not([data-named])")) {
      nameAfter(area, area.closest(".prose-editor")?.querySelector("textarea"));
    }
    const parts = ".select2-search__field, .select2-selection--single, .select2-selection--single [role=textbox]";
    for (const part of document.querySelectorAll(parts)) {
      if (part.dataset.named) continue;
      nameAfter(part, part.closest(".select2")?.parentElement.querySelector("select"));
    }
    for (const box of document.querySelectorAll(".form-row div > label > [type=checkbox]")) {
      const group = box.closest("div[id]");
      const label = group?.closest(".flex-container")?.querySelector(":scope > label");
      if (!label || group.hasAttribute("role")) continue;
      label.id ||= `${group.id}_label`;
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", label.id);
    }
    // Given the focus before something else took its place: nobody sees where it is.
    const focused = document.activeElement;
    if (focused?.classList.contains("select2-hidden-accessible")) {
      focused.parentElement.querySelector(".select2-selection")?.focus();
    }
  };
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
})();
